using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HdrHistogram;
using Npgsql;

namespace Monolith.Benchmarks;

/// <summary>
/// Orders over HTTP with everything that belongs to one (rights, checks, idempotency, event, snapshot, messages), beside an endpoint that writes as much by hand and one that
/// does nothing: as many as 32 clients get done, and how long one takes when half as many come at a fixed rate, whether the server keeps up or not.
/// </summary>
internal static class PlacingOrders
{
    public const int Clients = 32;
    private const int Products = 64;
    private const int Receipts = 5;
    private const int MostOfReceipt = 10_000;

    /// <param name="program">The folder of the application; that of this program when left out.</param>
    public static async Task Measure(Results results, TimeSpan slice, int rounds, TimeSpan atFixedRate, string? program)
    {
        await using var stage = await Stage.Set(
            async superuser =>
            {
                await using var schema = superuser.CreateCommand(PlainShop.Schema);
                await schema.ExecuteNonQueryAsync();
            },
            program);
        await using var peer = await stage.StartPeer();
        await Stock(stage.Http);
        var rates = await Slices.Take(
            [
                new Way("place order", worker => Post(stage.Http, "/v1/orders", worker), () => Rests(stage.Database)),
                new Way("by hand", worker => Post(peer.Http, "/orders", worker)),
                new Way("nothing", worker => Post(peer.Http, "/empty", worker)),
            ],
            Clients, slice, rounds);
        const string closed = "place order, 32 clients";
        results.Add(new Result(closed, "whole stack", Slices.Median(rates[0]), "orders/s"));
        results.Add(new Result(closed, "whole stack / by hand", Slices.Median(rates[1]), "orders/s", Slices.Ratio(rates[0], rates[1]), Goal: 0.85));
        results.Add(new Result(closed, "whole stack / endpoint that does nothing", Slices.Median(rates[2]), "requests/s", Slices.Ratio(rates[0], rates[2])));

        var half = Slices.Median(rates[0]) / 2;
        foreach (var (name, http, path) in new[] { ("whole stack", stage.Http, "/v1/orders"), ("by hand", peer.Http, "/orders") })
        {
            var times = await AtRate(half, atFixedRate, n => Post(http, path, n));
            foreach (var percentile in (double[])[50, 95, 99])
            {
                results.Add(new Result($"place order, {half:N0} a second", $"{name}, p{percentile}", times.GetValueAtPercentile(percentile) / 1_000.0, "ms", Goal: percentile == 99 ? 25 : null));
            }

            await Rests(stage.Database);
        }
    }

    /// <summary>Requests begin when it is their time, not when the one before has ended; what a request waits for its turn counts.</summary>
    public static async Task<LongHistogram> AtRate(double perSecond, TimeSpan length, Func<int, Task> once)
    {
        var times = new LongHistogram(60_000_000, 3);
        var start = Stopwatch.GetTimestamp();
        var running = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var n = 0; Stopwatch.GetElapsedTime(start) < length; await timer.WaitForNextTickAsync())
        {
            for (; n < Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond; n++)
            {
                running.Add(One(n, n / perSecond));
            }
        }

        await Task.WhenAll(running);
        return times;

        async Task One(int n, double due)
        {
            await once(n);
            lock (times)
            {
                times.RecordValue((long)((Stopwatch.GetElapsedTime(start).TotalSeconds - due) * 1_000_000));
            }
        }
    }

    public static async Task Post(HttpClient http, string path, int worker)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(Order(worker), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        await answer.Content.LoadIntoBufferAsync();
    }

    private static string Order(int worker) => JsonSerializer.Serialize(new
    {
        customerId = $"customer-{worker % 1_000}",
        lines = new[] { new { sku = $"PLACE-{Random.Shared.Next(Products)}", quantity = 1 }, new { sku = $"PLACE-{Random.Shared.Next(Products)}", quantity = 2 } },
        deliverTo = new { name = "B", street = "S", city = "C", postalCode = "P", country = "DE" },
        deliveryService = "standard",
    });

    public static Task Stock(HttpClient http) => Parallel.ForAsync(0, Products, async (n, cancellation) =>
    {
        using var product = await http.PutAsJsonAsync(
            new Uri($"/v1/products/PLACE-{n}", UriKind.Relative), new { name = "Benchmark", unitPrice = 3, currency = "EUR", weightKg = 1, category = "benchmark", active = true }, cancellation);
        product.EnsureSuccessStatusCode();
        for (var receipt = 0; receipt < Receipts; receipt++)
        {
            using var stocked = await http.PostAsJsonAsync(
                new Uri($"/v1/stock/PLACE-{n}/receipts", UriKind.Relative), new { quantity = MostOfReceipt, reference = $"note {receipt}" }, cancellation);
            stocked.EnsureSuccessStatusCode();
        }
    });

    /// <summary>Every message is handled, and every projection has seen the whole log.</summary>
    public static async Task Rests(NpgsqlDataSource database)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            await using var command = database.CreateCommand(
                """
                select not exists (select from wolverine.wolverine_incoming_envelopes where status = 'Incoming' and owner_id = 0)
                    and not exists (select from wolverine.wolverine_incoming_envelopes where status = 'Incoming' and owner_id <> 0)
                    and not exists (select from wolverine.wolverine_outgoing_envelopes)
                    and (select min(last_seq_id) from events.mt_event_progression where name like '%:All') >= (select max(seq_id) from events.mt_events)
                """);
            if (await command.ExecuteScalarAsync() is true)
            {
                return;
            }
        }
        while (await timer.WaitForNextTickAsync());
    }
}
