using System.Diagnostics;
using System.Globalization;
using Monolith.Insights.Selling;
using Monolith.Scenarios.Infrastructure;

namespace Monolith.Benchmarks;

/// <summary>
/// Events per second of windows over event time, folded from the log as a rebuild does it, beside what the database makes of the same rows by itself
/// with <c>date_bin</c>; in turns, and only if both come to the same.
/// </summary>
internal static class Windowing
{
    private const int Rounds = 3;
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writers are some thousand orders apart, which is less than the grace.</summary>
    private static readonly TimeSpan BetweenOrders = TimeSpan.FromMilliseconds(10);

    public static async Task Measure(int most, TextWriter output, Results? results = null)
    {
        await output.WriteLineAsync($"{"events",12}{"windows/s",14}{"date_bin/s",14}{"ratio",8}{"µs an event",14}{"windows",10}");
        foreach (var size in Sizes.Where(s => s <= most))
        {
            await using var stage = await Stage.WithoutApplication();
            await OrderStories.Write(stage.Store, size / OrderStories.EventsOfOrder, placedAt: n => Start + (n * BetweenOrders));
            await stage.Vacuum();
            var head = (await stage.Store.Advanced.FetchEventStoreStatistics()).EventSequenceNumber;
            await Run(stage, head);
            var rounds = new List<(double Ours, double Sql)>();
            var windows = 0L;
            for (var round = 0; round < Rounds; round++)
            {
                await stage.Checkpoint();
                var (ours, found) = await Run(stage, head);
                await stage.Checkpoint();
                var (sql, expected) = await ByDatabase(stage);
                Check(found, expected);
                rounds.Add((head / ours, head / sql));
                windows = found.Windows;
            }

            var rate = Median(rounds.Select(r => r.Ours));
            results?.Add(new Result(
                $"windows, {head:N0} events", "windows / date_bin", rate, "events/s", Median(rounds.Select(r => r.Ours / r.Sql)), Goal: 0.3));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{head,12:N0}{rate,14:N0}{Median(rounds.Select(r => r.Sql)),14:N0}{Median(rounds.Select(r => r.Ours / r.Sql)),8:F2}{1_000_000 / rate,14:F1}{windows,10:N0}"));
        }
    }

    private sealed record Totals(long Windows, decimal Orders, decimal Revenue);

    private static async Task<(double Seconds, Totals Totals)> Run(Stage stage, long head)
    {
        var ways = new RebuildWays(stage, SalesPerMinute.ProjectionName);
        await using var shadow = ways.Plan();
        await ways.Drop(shadow);
        var start = Stopwatch.GetTimestamp();
        await ways.Ours(shadow, head);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var totals = await Read(
            stage,
            $"""
            select count(*), sum((data -> 'state' ->> 'orders')::numeric), sum((data -> 'state' ->> 'revenue')::numeric)
            from {shadow.Schema}.mt_doc_sales_per_minute_window where (data -> 'state' ->> 'orders')::int > 0
            """);
        await ways.Drop(shadow);
        return (seconds, totals);
    }

    private static async Task<(double Seconds, Totals Totals)> ByDatabase(Stage stage)
    {
        const string Windows =
            """
            select date_bin('1 minute', (e.data ->> 'placedAt')::timestamptz, 'epoch') as minute, l.line ->> 'category' as category,
                   e.data ->> 'currency' as currency, count(*) as orders, sum((l.line ->> 'quantity')::int) as items, sum((l.line ->> 'lineTotal')::numeric) as revenue
            from events.mt_events e, jsonb_array_elements(e.data -> 'lines') as l(line)
            where e.type = 'ordering.OrderPlaced' group by 1, 2, 3
            """;
        var start = Stopwatch.GetTimestamp();
        var totals = await Read(stage, $"select count(*), sum(orders), sum(revenue) from ({Windows}) as windows");
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, totals);
    }

    private static async Task<Totals> Read(Stage stage, string sql)
    {
        await using var command = stage.Database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new Totals(reader.GetInt64(0), reader.GetDecimal(1), reader.GetDecimal(2));
    }

    private static void Check(Totals found, Totals expected)
    {
        if (found != expected)
        {
            throw new InvalidOperationException($"The windows are {found}, and were to be {expected}.");
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
