using System.Diagnostics;
using System.Globalization;
using Monolith.Operations.Rebuilding.SideBySide;
using Monolith.Ordering;
using Monolith.Ordering.Listing;
using Monolith.Scenarios.Infrastructure;

namespace Monolith.Benchmarks;

/// <summary>
/// Events per second of ways to rebuild projections, over the same rows of one log, in turns. Before and after each, the log is copied out: a rate
/// counts only when both copies took about as long, and when the documents are what the events say.
/// </summary>
internal static class Rebuilds
{
    private const int Rounds = 3;
    private const int MostTries = 4;
    private const int FloorEvents = 200_000;
    private const double MostNoise = 1.25;

    private static readonly string[] All = ["OrderList", "Order", "OrdersPerDay", "CustomerSummary"];

    private sealed record Way(string Projection, string Name, Func<RebuildWays, Shadow, long, Task> Run)
    {
        /// <summary>Events per second by round; none where the machine was too restless.</summary>
        public Dictionary<int, double> Rates { get; } = [];

        public double MostManaged { get; set; }

        public double MostResident { get; set; }
    }

    /// <param name="only">Projections and ways; of what is not said, all.</param>
    public static async Task Measure(int events, string[] only, TextWriter output, Results? results = null)
    {
        await using var stage = await Stage.WithoutApplication();
        await OrderStories.Write(stage.Store, events / OrderStories.EventsOfOrder);
        await stage.Vacuum();
        var truth = new RebuildTruth(stage.Database);
        var head = await truth.Events();
        await output.WriteLineAsync(Line($"{head:N0} events, {Rounds} rounds"));

        var projections = All.Intersect(only).ToArray();
        var names = only.Except(All).ToArray();
        var ways = (projections.Length > 0 ? projections : All).SelectMany(Ways).Where(w => names.Length == 0 || names.Contains(w.Name)).ToArray();
        await Floor(stage);
        var before = await Floor(stage);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var way in Rotated(ways, round))
            {
                for (var attempt = 0; attempt < MostTries && !way.Rates.ContainsKey(round); attempt++)
                {
                    await stage.Checkpoint();
                    var seconds = await Run(stage, way, head, truth);
                    var after = await Floor(stage);
                    var counts = Math.Max(before, after) / Math.Min(before, after) <= MostNoise;
                    await output.WriteLineAsync(Line(
                        $"{round,2} {way.Projection,-16}{way.Name,-8}{head / seconds,10:N0}/s  floors {before:F2} {after:F2} s{(counts ? "" : "  does not count")}"));
                    if (counts)
                    {
                        way.Rates.Add(round, head / seconds);
                    }

                    before = after;
                }
            }
        }

        await output.WriteLineAsync(
            $"{"",-24}{"events/s",10}{"range",20}{"rounds",8}{"of by hand",12}{"of Marten",11}{"managed MB",12}{"resident MB",13}");
        var byHand = ways.Where(w => w.Name == "by hand").Select(w => w.Projection).ToHashSet(StringComparer.Ordinal);
        foreach (var way in ways.Where(w => w.Rates.Count > 0))
        {
            var rates = way.Rates.Values.Order().ToArray();
            await output.WriteLineAsync(Line(
                $"{way.Projection,-16}{way.Name,-8}{Median(rates),10:N0}{$"{rates[0]:N0}-{rates[^1]:N0}",20}{rates.Length,8}{Ratio("by hand"),12}{Ratio("Marten"),11}{way.MostManaged,12:F0}{way.MostResident,13:F0}"));

            foreach (var (other, goal) in (way.Name == "ours" ? [("by hand", 0.6), ("Marten", byHand.Contains(way.Projection) ? 5 : 2)] : Array.Empty<(string, double)>()))
            {
                if (RatioTo(other) is { } to)
                {
                    results?.Add(new Result($"rebuild {way.Projection}, {head:N0} events", $"rebuild / {other}", Median(rates), "events/s", to, goal));
                }
            }

            string Ratio(string other) => RatioTo(other) is { } ratio ? Line($"{ratio:F2}") : "";

            // Of rates that belong together, because they are of the same round.
            double? RatioTo(string other) => ways.Where(w => w.Projection == way.Projection && w.Name == other).SelectMany(w => w.Rates)
                .Where(r => way.Rates.ContainsKey(r.Key)).Select(r => way.Rates[r.Key] / r.Value).ToArray() is { Length: > 0 } ratios
                ? Median(ratios)
                : null;
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

    /// <returns>How long it took, with its tables, in seconds.</returns>
    private static async Task<double> Run(Stage stage, Way way, long head, RebuildTruth truth)
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
        await truth.Check(way.Projection, shadow);
        await ways.Drop(shadow);
        return seconds;
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

    private static IEnumerable<Way> Rotated(Way[] ways, int round) => ways.Skip(round * ways.Length / Rounds).Concat(ways.Take(round * ways.Length / Rounds));

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
