using System.Diagnostics;
using System.Globalization;
using Monolith.Operations.Rebuilding.SideBySide;
using Monolith.Ordering;
using Monolith.Ordering.Listing;
using Npgsql;

namespace Monolith.Benchmarks;

/// <summary>
/// Events per second of ways to rebuild projections, over the same rows of one log, in turns. Before and after each, the log is copied out: a rate
/// counts only when both copies took about as long, and when the documents are what the events say.
/// </summary>
internal static class Rebuilds
{
    private const int Rounds = 3;
    private const int FloorEvents = 200_000;
    private const double MostNoise = 1.25;

    private static readonly string[] All = ["OrderList", "Order", "OrdersPerDay", "CustomerSummary"];

    private sealed record Way(string Projection, string Name, Func<RebuildWays, Shadow, long, Task> Run)
    {
        public List<double> Rates { get; } = [];

        public double MostManaged { get; set; }

        public double MostResident { get; set; }
    }

    public static async Task Measure(int events, string[] projections, TextWriter output)
    {
        await using var stage = await Stage.WithoutApplication();
        await OrderStories.Write(stage.Store, events);
        await stage.Vacuum();
        var head = await Single<long>(stage.Database, "select count(*) from events.mt_events");
        await output.WriteLineAsync($"{head:N0} events, {Rounds} rounds");

        var ways = (projections.Length > 0 ? projections : All).SelectMany(Ways).ToArray();
        var results = new Dictionary<string, string>();
        for (var round = -1; round < Rounds; round++)
        {
            var before = await Floor(stage);
            foreach (var way in round < 0 ? ways : Rotated(ways, round))
            {
                await stage.Checkpoint();
                var (seconds, result) = await Run(stage, way, head);
                var after = await Floor(stage);
                if (results.TryAdd(way.Projection, result) ? !result.StartsWith(await Expected(stage, way.Projection), StringComparison.Ordinal) : results[way.Projection] != result)
                {
                    throw new InvalidOperationException($"{way.Projection} {way.Name} is wrong: {result}, not {results[way.Projection]}.");
                }

                var noise = Math.Max(before, after) / Math.Min(before, after);
                var counts = round >= 0 && noise <= MostNoise;
                await output.WriteLineAsync(Line($"round {round,2} {way.Projection,-16}{way.Name,-8}{head / seconds,10:N0}/s  floors {before:F2} {after:F2} s{(counts ? "" : "  does not count")}"));
                if (counts)
                {
                    way.Rates.Add(head / seconds);
                }

                before = after;
            }
        }

        await output.WriteLineAsync($"{"",-16}{"",-8}{"events/s",10}{"range",20}{"rounds",8}{"managed MB",12}{"resident MB",13}");
        foreach (var way in ways.Where(w => w.Rates.Count > 0))
        {
            var rates = way.Rates.Order().ToArray();
            await output.WriteLineAsync(Line($"{way.Projection,-16}{way.Name,-8}{rates[rates.Length / 2],10:N0}{$"{rates[0]:N0}-{rates[^1]:N0}",20}{rates.Length,8}{way.MostManaged,12:F0}{way.MostResident,13:F0}"));
        }
    }

    private static IEnumerable<Way> Ways(string projection)
    {
        IEnumerable<Way> byHand = projection switch
        {
            "OrderList" => [new(projection, "by hand", (ways, shadow, _) => ways.ByHand<OrderListItem>(shadow))],
            "Order" => [new(projection, "by hand", (ways, shadow, _) => ways.ByHand<Order>(shadow))],
            _ => [],
        };
        return
        [
            .. byHand,
            new(projection, "Marten", (ways, shadow, _) => ways.ByMarten(shadow)),
            new(projection, "ours", (ways, shadow, head) => ways.Ours(shadow, head)),
        ];
    }

    /// <returns>How long it took, with its tables, and what came out.</returns>
    private static async Task<(double Seconds, string Result)> Run(Stage stage, Way way, long head)
    {
        var ways = new RebuildWays(stage, way.Projection);
        await using var shadow = ways.Plan();
        await ways.Drop(shadow);
        var seconds = 0.0;
        var (managed, resident) = await Memory.Most(async () =>
        {
            var start = Stopwatch.GetTimestamp();
            await way.Run(ways, shadow, head);
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
        (way.MostManaged, way.MostResident) = (Math.Max(way.MostManaged, managed), Math.Max(way.MostResident, resident));
        var result = string.Join(' ', await Task.WhenAll(shadow.Tables.Select(t => Content(stage, t.Shadow, way.Projection))));
        await ways.Drop(shadow);
        return (seconds, result);
    }

    /// <summary>Copies rows of the log out, as every way has to: what the machine gives just now.</summary>
    private static async Task<double> Floor(Stage stage)
    {
        var start = Stopwatch.GetTimestamp();
        await using var connection = await stage.Database.OpenConnectionAsync();
        using var reader = await connection.BeginTextExportAsync(
            $"copy (select type, data, stream_id, version from events.mt_events where seq_id <= {FloorEvents}) to stdout");
        while (await reader.ReadLineAsync() is not null)
        {
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<string> Content(Stage stage, string table, string projection)
    {
        var sums = projection switch
        {
            "OrderList" => "sum((data->>'total')::numeric), sum((data->>'version')::int), sum(mt_version)",
            "Order" => "sum((data->>'total')::numeric), sum((data->>'eventsFolded')::int), sum(mt_version)",
            "OrdersPerDay" => "sum((data->>'total')::numeric), sum((data->>'orders')::int)",
            _ => "sum((data->'totals'->>'EUR')::numeric), sum((data->>'orders')::int)",
        };
        return await Single<string>(
            stage.Database, $"select concat_ws(' ', {sums}, count(*), sum(hashtextextended(id, jsonb_hash_extended(data, 0)))) from {table}");
    }

    /// <summary>What the sums begin with, by the events themselves.</summary>
    private static async Task<string> Expected(Stage stage, string projection)
    {
        var sums = projection switch
        {
            "OrderList" or "Order" => "sum((data->>'total')::numeric), (select concat_ws(' ', count(*), count(*)) from events.mt_events), count(*)",
            "OrdersPerDay" => "sum((data->>'total')::numeric), count(*)",
            _ => "sum((data->>'total')::numeric) filter (where stream_id not in (select stream_id from events.mt_events where type like 'ordering.OrderCancelled%')), count(*)",
        };
        return await Single<string>(stage.Database, $"select concat_ws(' ', {sums}) from events.mt_events where type = 'ordering.OrderPlaced'") + " ";
    }

    private static IEnumerable<Way> Rotated(Way[] ways, int round) => ways.Skip(round * ways.Length / Rounds).Concat(ways.Take(round * ways.Length / Rounds));

    private static async Task<T> Single<T>(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
