using Monolith.Benchmarks;

switch (args)
{
    case ["ledgers"]:
        await LongLedgers.Measure(Console.Out);
        return 0;
    case ["archive"]:
        await ColdArchive.Measure(Console.Out);
        return 0;
    case ["rebuild", .. var how]:
        var events = int.TryParse(how.FirstOrDefault(), out var given) ? given : 200_000;
        await Rebuilds.Measure(events, [.. how.Skip(1)], Console.Out);
        return 0;
    case ["windows", .. var most]:
        await Windowing.Measure(int.TryParse(most.FirstOrDefault(), out var largest) ? largest : 1_000_000, Console.Out);
        return 0;
    case ["serve", var peer]:
        await PlainShop.Serve(peer, Environment.GetEnvironmentVariable("ConnectionStrings__Monolith")!);
        return 0;
    case ["all", .. var mode]:
        await Everything.Measure(isShort: mode is ["short"], Console.Out);
        return 0;
    case ["soak", var program, .. var length]:
        await Soak.Measure(Path.GetFullPath(program), int.TryParse(length.FirstOrDefault(), out var minutes) ? minutes : 30, ordersPerSecond: 10, Console.Out);
        return 0;
    case ["growth", var application, .. var most]:
        await Growth.Measure(Path.GetFullPath(application), int.TryParse(most.FirstOrDefault(), out var orders) ? orders : 1_000_000, Console.Out);
        return 0;
    case ["console", var published]:
        await ConsoleSpeed.Measure(Path.GetFullPath(published), Console.Out);
        return 0;
}

var url = new Uri(args is [var address, ..] ? address : "http://127.0.0.1:5080");
if (!url.IsLoopback)
{
    await Console.Error.WriteLineAsync("Only a server on this machine is measured.");
    return 2;
}

using var http = new HttpClient { BaseAddress = url };
await Visibility.Measure(http, Console.Out);
return 0;
