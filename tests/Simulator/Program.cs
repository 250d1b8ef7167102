using System.Diagnostics;
using System.Net.Http.Headers;
using Monolith.Simulator;

const int Failed = 1;
const int BadUsage = 2;
const int Interrupted = 130;

var command = CommandLine.For(SimulateAsync);
var parsed = command.Parse(args);
var errors = CommandLine.Errors(parsed);
if (errors.Count == 0) return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
foreach (var error in errors) await Console.Error.WriteLineAsync(error);
await command.Parse("--help").InvokeAsync(new() { Output = Console.Error });
return BadUsage;

static async Task<int> SimulateAsync(Options options, CancellationToken cancellation)
{
    using HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        UseProxy = !options.Url.IsLoopback,
    })
    {
        BaseAddress = options.Url,
        Timeout = TimeSpan.FromSeconds(15),
    };
    if (options.Token is { } token) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    Latencies latencies = new();
    Failures failures = new();
    Transport transport = new(http, options.Patience, latencies);
    Shop shop = new(transport, options);
    Runner runner = new(options, new World(options.Seed, options.Products, options.Customers), shop, new Provider(transport, options), failures);
    Console.WriteLine($"{options.Orders:N0} orders at {options.Rate} per second to {options.Url}: seed {options.Seed}, run {options.Run}");
    try
    {
        await RunAsync(options, runner, shop, failures, cancellation);
    }
    catch (ShopException exception)
    {
        failures.Add(exception.Message);
    }
    catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
    {
        Summary.Write(Console.Out, latencies, failures);
        Console.WriteLine("interrupted: orders may be unfinished, and none was verified");
        return Interrupted;
    }

    Summary.Write(Console.Out, latencies, failures);
    return failures.Count == 0 ? 0 : Failed;
}

static async Task RunAsync(Options options, Runner runner, Shop shop, Failures failures, CancellationToken cancellation)
{
    var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    await runner.OfferProductsAsync(cancellation);
    if (failures.Count > 0) return;

    var started = Stopwatch.GetTimestamp();
    await runner.PlaceOrdersAsync(cancellation);
    var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
    Console.WriteLine($"placed {runner.Orders.Count:N0} of {options.Orders:N0} orders; all stories ended after {seconds:N1} s");
    if (runner.HeldBack > 0) Console.WriteLine($"{runner.HeldBack:N0} orders started late: {options.Concurrency:N0} were under way already");

    var (right, ended) = await runner.VerifyAsync(cancellation);
    Console.WriteLine($"verified {right:N0} orders of {runner.Orders.Count:N0} acknowledged: status, total and money are as their stories say");
    if (ended > 0) Console.WriteLine($"{ended:N0} of them were cancelled by the house (out of stock or payment overdue)");
    Console.WriteLine($"verified the stock of {await runner.VerifyStockAsync(cancellation):N0} of {options.Products:N0} products");
    if (runner.Orders.IsEmpty) return;

    var tomorrow = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(1);
    Summary.Write(Console.Out, await shop.ReportAsync(today, tomorrow, cancellation));
}
