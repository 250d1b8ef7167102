using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Marten;
using Monolith.Inventory;
using Monolith.Kernel.History;

namespace Monolith.Benchmarks;

/// <summary>
/// What the length of a ledger costs: a read and a command over HTTP, which start from the snapshot, and beside them, in one process, the
/// same fold from the snapshot and from the first event. Its own server, its own application, on this machine.
/// </summary>
internal static class LongLedgers
{
    private const int Rounds = 60;
    private const int RoundsFromFirst = 3;

    private static readonly int[] Lengths = [10, 1_000, 100_000, 1_000_000];

    public static async Task Measure(TextWriter output, int longest = 1_000_000, Results? results = null)
    {
        await using var stage = await Stage.Set();
        var lengths = Lengths.Where(length => length <= longest).ToArray();
        foreach (var length in lengths)
        {
            await Seed(stage, length);
        }

        await SnapshotsReach(stage);
        await stage.Vacuum();
        var get = await Alternating(lengths, Rounds, sku => stage.Http.GetStringAsync(new Uri($"/v1/stock/{sku}", UriKind.Relative)));
        var post = await Alternating(lengths, Rounds, async sku =>
        {
            using var answer = await stage.Http.PostAsJsonAsync(new Uri($"/v1/stock/{sku}/receipts", UriKind.Relative), new { quantity = 1, reference = "benchmark" });
            answer.EnsureSuccessStatusCode();
        });
        var snapshot = await Alternating(lengths, Rounds, sku => Fold(stage.Store, sku, fromSnapshot: true));
        var whole = await Alternating(lengths, RoundsFromFirst, sku => Fold(stage.Store, sku, fromSnapshot: false));

        await output.WriteLineAsync($"{"events",-10}{"GET ms",9}{"POST ms",9}{"snapshot ms",13}{"from first ms",15}{"times",8}{"snapshot KB",13}{"from first KB",15}");
        foreach (var length in lengths)
        {
            results?.Add(new Result($"ledger of {length:N0} events", "GET", get[length].Milliseconds, "ms"));
            results?.Add(new Result($"ledger of {length:N0} events", "fold from the first event / from the snapshot", whole[length].Milliseconds, "ms", whole[length].Milliseconds / snapshot[length].Milliseconds));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{length,-10}{get[length].Milliseconds,9:F1}{post[length].Milliseconds,9:F1}{snapshot[length].Milliseconds,13:F2}{whole[length].Milliseconds,15:F1}{whole[length].Milliseconds / snapshot[length].Milliseconds,8:F0}{snapshot[length].Kilobytes,13:F0}{whole[length].Kilobytes,15:F0}"));
        }
    }

    private static async Task Fold(IDocumentStore store, string sku, bool fromSnapshot)
    {
        await using var session = store.QuerySession();
        var start = fromSnapshot ? await session.LoadAsync<Stock>(Stock.StreamOf(sku)) : null;
        var stock = await StreamEvents.Fold(session, Stock.StreamOf(sku), start, CancellationToken.None);
        if (stock is null || stock.OnHand != stock.EventsFolded)
        {
            throw new InvalidOperationException($"The fold of {sku} is wrong: {stock}.");
        }
    }

    /// <summary>Receipts of one piece each: as many pieces as events.</summary>
    private static async Task Seed(Stage stage, int length)
    {
        var sku = SkuOf(length);
        using var product = await stage.Http.PutAsJsonAsync(
            new Uri($"/v1/products/{sku}", UriKind.Relative),
            new { name = "Benchmark", unitPrice = 1, currency = "EUR", weightKg = 1, category = "benchmark", active = true });
        product.EnsureSuccessStatusCode();
        await using var command = stage.Database.CreateCommand(
            """
            with stream as (insert into events.mt_streams (id, type, version, tenant_id) values ($1, 'stock', $2, '*DEFAULT*'))
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), $1, n,
                   jsonb_build_object('sku', $3, 'quantity', 1, 'reference', 'benchmark', 'receivedAt', now()), 'inventory.StockReceived', now(), '*DEFAULT*', ''
            from generate_series(1, $2) n
            """);
        command.CommandTimeout = 0;
        command.Parameters.Add(new() { Value = Stock.StreamOf(sku) });
        command.Parameters.Add(new() { Value = (long)length });
        command.Parameters.Add(new() { Value = sku, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync();
    }

    private static async Task SnapshotsReach(Stage stage)
    {
        await using var command = stage.Database.CreateCommand(
            "select coalesce((select last_seq_id from events.mt_event_progression where name = 'Stock:All'), 0) >= (select max(seq_id) from events.mt_events)");
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!(bool)(await command.ExecuteScalarAsync())!)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    private static string SkuOf(int length) => $"LEDGER-{length}";

    /// <summary>One ledger after the other, round by round, so that whatever else the machine does falls on all of them alike.</summary>
    /// <returns>By length, the medians: time, and what was allocated on this process's managed heap.</returns>
    private static async Task<IReadOnlyDictionary<int, (double Milliseconds, double Kilobytes)>> Alternating(int[] lengths, int rounds, Func<string, Task> act)
    {
        var costs = lengths.ToDictionary(length => length, _ => new List<(double Milliseconds, double Kilobytes)>());
        for (var round = -1; round < rounds; round++)
        {
            foreach (var length in lengths)
            {
                var (allocated, start) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
                await act(SkuOf(length));
                var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (round >= 0)
                {
                    costs[length].Add((time, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0));
                }
            }
        }

        return costs.ToDictionary(cost => cost.Key, cost => (Median(cost.Value.Select(c => c.Milliseconds)), Median(cost.Value.Select(c => c.Kilobytes))));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
