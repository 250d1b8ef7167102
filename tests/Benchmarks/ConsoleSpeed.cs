using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Marten;
using Microsoft.Playwright;
using Monolith.Browser.Infrastructure;
using Monolith.Contracts.Inventory;
using Monolith.Inventory;

namespace Monolith.Benchmarks;

/// <summary>
/// How long the console takes to be of use, with an empty cache and with a full one, beside the same files fetched and thrown away; and what the live tail costs the
/// browser while events come without end.
/// </summary>
internal static class ConsoleSpeed
{
    private const int Rounds = 7;
    private const int EventsPerSecond = 500;
    private const int Parts = 20;

    private static readonly TimeSpan Flood = TimeSpan.FromSeconds(60);

    /// <param name="published">The folder of the published Host.</param>
    public static async Task Measure(string published, TextWriter output)
    {
        await using var stage = await Stage.Set(program: published);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
        await FirstPage(browser, new Uri(stage.Http.BaseAddress!, "/console/").ToString(), output);
        await Tail(browser, stage, output);
    }

    private static async Task FirstPage(IBrowser browser, string address, TextWriter output)
    {
        var (cold, warm, bytes) = (new List<Opening>(), new List<Opening>(), 0L);
        for (var round = 0; round < Rounds; round++)
        {
            await using var context = await browser.NewContextAsync();
            cold.Add(await Open(context, address));
            warm.Add(await Open(context, address));
            bytes = await Transferred(browser, address);
        }

        foreach (var (name, openings) in new[] { ("cold", cold), ("warm", warm) })
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"first page, {name}: files {Median(openings.Select(o => o.Files)):0} ms, first line of the program {Median(openings.Select(o => o.Program)):0} ms, controls {Median(openings.Select(o => o.Controls)):0} ms, first number {Median(openings.Select(o => o.Numbers)):0} ms ({openings.Min(o => o.Numbers):0}–{openings.Max(o => o.Numbers):0})"));
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024:N0} KB over the line"));
    }

    /// <summary>
    /// Until the files are there, until the program asks its first question (before that the runtime starts), until there are controls to use, and until the overview
    /// shows a number of its own; in milliseconds.
    /// </summary>
    private static async Task<Opening> Open(IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        var start = Stopwatch.GetTimestamp();
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();
        var controls = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await page.GetByText("nodes, leader 1").WaitForAsync();
        var numbers = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var seen = await page.EvaluateAsync<double[]>(
            "(all => [Math.max(...all.filter(r => r.name.includes('_framework')).map(r => r.responseEnd)), all.find(r => r.name.endsWith('/console/session')).startTime])(performance.getEntriesByType('resource'))");
        await page.CloseAsync();
        return new Opening(seen[0], seen[1], controls, numbers);
    }

    private static async Task<long> Transferred(IBrowser browser, string address)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var network = await context.NewCDPSessionAsync(page);
        var bytes = 0L;
        network.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += (long)e!.Value.GetProperty("encodedDataLength").GetDouble();
        await network.SendAsync("Network.enable");
        await page.GotoAsync(address);
        await page.GetByText("nodes, leader 1").WaitForAsync();
        return bytes;
    }

    private static async Task Tail(IBrowser browser, Stage stage, TextWriter output)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(stage.Http.BaseAddress!, "/console/events/live?type=StockReceived").ToString());
        await page.GetByText("Following").WaitForAsync();

        var plain = new PlainReader();
        using var end = new CancellationTokenSource();
        var reading = plain.Read(stage.Http, end.Token);
        var (sent, before, middle) = (0, await Use(context, page), default(BrowserUse));
        var start = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / Parts));
        while (Stopwatch.GetElapsedTime(start) < Flood)
        {
            await pace.WaitForNextTickAsync();
            var due = (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * EventsPerSecond);
            await Append(stage.Store, sent, due - sent);
            sent = due;
            middle = middle == default && Stopwatch.GetElapsedTime(start) > Flood / 3 ? await Use(context, page) : middle;
        }

        var (elapsed, last) = (Stopwatch.GetElapsedTime(start), Stopwatch.GetTimestamp());
        await page.Locator($"[data-count='{sent}']").WaitForAsync(new LocatorWaitForOptions { Timeout = 120_000 });
        var behind = Stopwatch.GetElapsedTime(last);
        await plain.Has(sent);
        await end.CancelAsync();
        await reading;
        var after = await Use(context, page);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"live tail: {sent:N0} events in {elapsed.TotalSeconds:0} s ({sent / elapsed.TotalSeconds:0}/s), all read by a plain client {Stopwatch.GetElapsedTime(last, plain.LastAt).TotalMilliseconds:0} ms, shown {behind.TotalMilliseconds:0} ms after the last; before, after a third, at the end: {before}, {middle}, {after}"));
    }

    private static async Task Append(IDocumentStore store, int from, int count)
    {
        if (count == 0)
        {
            return;
        }

        await using var session = store.LightweightSession();
        var events = Enumerable.Range(from, count).Select(object (n) => new StockReceived("FLOOD", 1, $"note {n}", DateTimeOffset.UnixEpoch.AddSeconds(n))).ToArray();
        _ = from == 0 ? session.Events.StartStream<Stock>(Stock.StreamOf("FLOOD"), events) : session.Events.Append(Stock.StreamOf("FLOOD"), events);
        await session.SaveChangesAsync();
    }

    private static async Task<BrowserUse> Use(IBrowserContext context, IPage page)
    {
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        await session.SendAsync("Performance.enable");
        var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(m => m.GetProperty("name").GetString()!, m => m.GetProperty("value").GetDouble(), StringComparer.Ordinal);
        var wasm = await page.EvaluateAsync<JsonElement>("Blazor.runtime.Module.HEAPU8.byteLength");
        await session.DetachAsync();
        return new BrowserUse(metrics["JSHeapUsedSize"] / 1048576, wasm.GetDouble() / 1048576, (int)metrics["Nodes"]);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    /// <summary>Reads the same stream and does nothing with it.</summary>
    private sealed class PlainReader
    {
        private int count;

        public long LastAt { get; private set; }

        public async Task Read(HttpClient http, CancellationToken cancellation)
        {
            try
            {
                using var answer = await http.GetAsync(
                    new Uri("/admin/events/stream?type=StockReceived", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
                using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
                while (await lines.ReadLineAsync(cancellation) is { } line)
                {
                    if (line.StartsWith("data: ", StringComparison.Ordinal))
                    {
                        LastAt = Stopwatch.GetTimestamp();
                        Interlocked.Increment(ref count);
                    }
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // It has read enough.
            }
        }

        public async Task Has(int events)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (Volatile.Read(ref count) < events)
            {
                await timer.WaitForNextTickAsync();
            }
        }
    }

    private readonly record struct Opening(double Files, double Program, double Controls, double Numbers);

    private readonly record struct BrowserUse(double ScriptMegabytes, double ProgramMegabytes, int Nodes)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{ScriptMegabytes:0.0} MB of script + {ProgramMegabytes:0} MB of program, {Nodes:N0} nodes");
    }
}
