using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Monolith.Simulator;

internal static partial class CommandLine
{
    private static readonly Option<int> Orders = Number("--orders", 1_000, "Orders to place.", 1, 10_000_000);
    private static readonly Option<double> Rate = new("--rate")
    {
        Description = "Orders started per second, whether or not earlier ones are answered.",
        DefaultValueFactory = _ => 50,
    };
    private static readonly Option<int> Seed = Number("--seed", 42, "The same seed gives the same products, customers and stories.", 0, int.MaxValue);
    private static readonly Option<string?> Run = new("--run")
    {
        Description = "Name of the run, part of every Idempotency-Key. The same run again, with the same other options and within "
            + "24 hours, places nothing new. Default: a fresh one.",
    };
    private static readonly Option<Uri> Url = new("--url")
    {
        Description = "Where the API is.",
        CustomParser = ParseUrl,
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:5080/"),
    };
    private static readonly Option<bool> AllowRemote = new("--allow-remote") { Description = "Let --url be another machine." };
    private static readonly Option<int> Customers = Number("--customers", 200, "Customers who order.", 1, 1_000_000);
    private static readonly Option<int> Products = Number("--products", 80, "Products on sale.", 1, 100_000);
    private static readonly Option<int> Concurrency = Number("--concurrency", 256, "Most orders under way at once.", 1, 10_000);
    private static readonly Option<int> Patience = Number("--patience", 30, "Seconds that a request is repeated while the API is away or busy.", 0, 3_600);
    private static readonly Option<string?> Token = new("--token") { Description = "Bearer token. Default: none, which Development accepts." };

    /// <summary>The whole command line; <paramref name="simulate"/> gets valid options and returns the exit code.</summary>
    public static RootCommand For(Func<Options, CancellationToken, Task<int>> simulate)
    {
        RootCommand root = new("Customers, warehouse and payments as a REST client: demo data and load for the Monolith API.")
        {
            Orders, Rate, Seed, Run, Url, AllowRemote, Customers, Products, Concurrency, Patience, Token,
        };
        Rate.Validators.Add(result => Check(result, Rate, rate => rate is > 0 and <= 100_000, "must be above 0 and at most 100000"));
        Run.Validators.Add(result => Check(result, Run, run => run is null || RunName().IsMatch(run), "must be 1 to 64 of A-Z a-z 0-9 . _ -"));
        root.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValue(AllowRemote)) return;
            if (result.GetValue(Url) is { IsLoopback: false })
                result.AddError("--url is not this machine; add --allow-remote if it really is to get this load.");
        });
        root.SetAction((parsed, cancellation) => simulate(Read(parsed), cancellation));
        return root;
    }

    private static Options Read(ParseResult parsed) => new(
        parsed.GetValue(Orders), parsed.GetValue(Rate), parsed.GetValue(Seed),
        parsed.GetValue(Run) ?? TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff"),
        parsed.GetRequiredValue(Url), parsed.GetValue(Customers), parsed.GetValue(Products), parsed.GetValue(Concurrency),
        TimeSpan.FromSeconds(parsed.GetValue(Patience)), parsed.GetValue(Token));

    private static Option<int> Number(string name, int value, string description, int least, int most)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result => Check(result, option, number => number >= least && number <= most, $"must be {least} to {most}"));
        return option;
    }

    private static void Check<T>(OptionResult result, Option<T> option, Func<T?, bool> fits, string otherwise)
    {
        if (!result.Errors.Any() && !fits(result.GetValue(option))) result.AddError($"{option.Name} {otherwise}.");
    }

    private static Uri? ParseUrl(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens.Single().Value.TrimEnd('/') + "/", UriKind.Absolute, out var url)
            && url is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
        {
            return url;
        }

        result.AddError("--url must be like http://127.0.0.1:5080.");
        return null;
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RunName();
}
