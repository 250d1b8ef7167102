using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Monolith.Simulator;

internal static partial class CommandLine
{
    private static readonly Option<int> Orders = Number("--orders", 1_000, "Orders to place.");
    private static readonly Option<double> Rate = new("--rate")
    {
        Description = "Orders started per second, whether or not earlier ones are answered.",
        DefaultValueFactory = _ => 50,
    };
    private static readonly Option<int> Seed = Number("--seed", 42, "The same seed gives the same products, customers and stories.");
    private static readonly Option<string?> Run = new("--run")
    {
        Description = "Name of the run, part of every Idempotency-Key and webhook-id. The same run again, with the same other options and within "
            + "24 hours, places nothing new. Default: a fresh one.",
    };
    private static readonly Option<Uri> Url = new("--url")
    {
        Description = "Where the API is.",
        CustomParser = ParseUrl,
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:5080/"),
    };
    private static readonly Option<bool> AllowRemote = new("--allow-remote") { Description = "Let --url be another machine." };
    private static readonly Option<int> Customers = Number("--customers", 200, "Customers who order.");
    private static readonly Option<int> Products = Number("--products", 80, "Products on sale.");
    private static readonly Option<int> Concurrency = Number("--concurrency", 256, "Most orders under way at once.");
    private static readonly Option<int> Patience = Number("--patience", 30, "Seconds that a request is repeated while the API is away or busy.");
    private static readonly Option<string?> Token = new("--token") { Description = "Bearer token. Default: none, which Development accepts." };
    private static readonly Option<string?> Secret = new("--webhook-secret")
    {
        Description = "Signs the payment provider's reports: whsec_ and base64. Default: the one that the app made in Development, in .local/webhook-secret.",
    };

    /// <summary>The whole command line; <paramref name="simulate"/> gets valid options and returns the exit code.</summary>
    public static RootCommand For(Func<Options, CancellationToken, Task<int>> simulate)
    {
        RootCommand root = new("Customers, support, warehouse and payment provider as a REST client: demo data and load for the Monolith API.")
        {
            Orders, Rate, Seed, Run, Url, AllowRemote, Customers, Products, Concurrency, Patience, Token, Secret,
        };
        root.SetAction((parsed, cancellation) => simulate(Read(parsed), cancellation));
        return root;
    }

    /// <summary>What is wrong with the options; nothing if the run can start.</summary>
    public static IReadOnlyList<string> Errors(ParseResult parsed)
    {
        if (parsed.Errors.Count > 0) return [.. parsed.Errors.Select(error => error.Message)];
        if (parsed.Action != parsed.CommandResult.Command.Action) return []; // Only help or the version is wanted.
        return
        [
            .. Outside(parsed, Orders, 1, 10_000_000), .. Outside(parsed, Seed, 0, int.MaxValue), .. Outside(parsed, Customers, 1, 1_000_000),
            .. Outside(parsed, Products, 1, 100_000), .. Outside(parsed, Concurrency, 1, 10_000), .. Outside(parsed, Patience, 0, 3_600),
            .. parsed.GetValue(Rate) is > 0 and <= 100_000 ? [] : new[] { "--rate must be above 0 and at most 100000." },
            .. parsed.GetValue(Run) is not { } run || RunName().IsMatch(run) ? [] : new[] { "--run must be 1 to 64 of A-Z a-z 0-9 . _ -" },
            .. parsed.GetRequiredValue(Url).IsLoopback || parsed.GetValue(AllowRemote)
                ? [] : new[] { "--url is not this machine; add --allow-remote if it really is to get this load." },
            .. WebhookSecret.Error(parsed.GetValue(Secret)) is { } error ? new[] { error } : [],
        ];
    }

    private static Options Read(ParseResult parsed) => new(
        parsed.GetValue(Orders), parsed.GetValue(Rate), parsed.GetValue(Seed),
        parsed.GetValue(Run) ?? TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff"),
        parsed.GetRequiredValue(Url), parsed.GetValue(Customers), parsed.GetValue(Products), parsed.GetValue(Concurrency),
        TimeSpan.FromSeconds(parsed.GetValue(Patience)), parsed.GetValue(Token),
        WebhookSecret.Find(parsed.GetValue(Secret))!);

    private static Option<int> Number(string name, int value, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static string[] Outside(ParseResult parsed, Option<int> option, int least, int most)
    {
        var value = parsed.GetValue(option);
        return value >= least && value <= most ? [] : [$"{option.Name} must be {least} to {most}."];
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
