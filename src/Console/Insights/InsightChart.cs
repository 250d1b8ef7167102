using System.Text.Json;
using Monolith.Console.Api;
using Monolith.Console.Parts;

namespace Monolith.Console.Insights;

/// <summary>What of a processor's windows is worth a picture.</summary>
internal sealed record InsightChart(string Title, string Unit, IReadOnlyList<TimePoint> Points)
{
    private const int MostBars = 40;

    /// <summary>Upper bounds of the classes of waiting times, in seconds.</summary>
    private static readonly double[] Waits = [1, 2, 5, 10, 30, 60, 300, 1_800, 3_600, 86_400];

    /// <param name="page">Newest first. What began before it is not in it: then the oldest bar would lack a part, and a count says of how many.</param>
    public static IReadOnlyList<InsightChart> Of(InsightView? insight, Page<WindowView> page) => page.Next is null
        ? Of(insight, page.Items, string.Empty)
        : Of(insight, insight?.Kind is "global" || page.Items is [] ? page.Items : [.. page.Items.Where(w => w.Start > page.Items.Min(x => x.Start))], $" of the latest {page.Items.Count}");

    private static IReadOnlyList<InsightChart> Of(InsightView? insight, IReadOnlyList<WindowView> windows, string cut) => insight switch
    {
        null => [],
        _ when windows is [] => [],
        { Kind: "topN" } => Top(windows),
        { Name: "time-to-pay" } => [TimeToPay(windows, cut)],
        { Name: "payment-failure-rate" } => [OverTime("Payments that fail", "share", windows, w => w.Average(x => x.Number("rate")))],
        { Kind: "tumbling" or "hopping" } => Sales(windows),
        { Kind: "session" } => [OverTime("Sessions by their beginning", "", windows, w => w.Count())],
        { Kind: "global" } => [new InsightChart($"The scarcest{cut}", "available", [.. windows.OrderBy(w => w.Number("available")).Take(MostBars).Select(w => new TimePoint(w.Key, w.Number("available")))])],
        _ => [],
    };

    private static IReadOnlyList<InsightChart> Sales(IReadOnlyList<WindowView> windows)
    {
        var currency = windows.GroupBy(w => w.Text("currency"), StringComparer.Ordinal).MaxBy(g => g.Sum(w => w.Number("revenue")))!.Key;
        var revenue = OverTime("Revenue", currency, [.. windows.Where(w => w.Text("currency") == currency)], w => w.Sum(x => x.Number("revenue")));
        return windows[0].Value.TryGetProperty("orders", out _) ? [OverTime("Orders", "in each category", windows, w => w.Sum(x => x.Number("orders"))), revenue] : [revenue];
    }

    private static InsightChart OverTime(string title, string unit, IReadOnlyList<WindowView> windows, Func<IEnumerable<WindowView>, double> value) =>
        new(title, unit, [.. windows.GroupBy(w => w.Start).OrderBy(g => g.Key).TakeLast(MostBars).Select(g => new TimePoint(g.Key.ToLocalTime().ToString("MM-dd HH:mm"), value(g)))]);

    /// <summary>The products of the latest window, best first.</summary>
    private static IReadOnlyList<InsightChart> Top(IReadOnlyList<WindowView> windows) =>
    [
        .. windows.Where(w => w.Start == windows.Max(x => x.Start)).Select(w => new InsightChart($"Pieces sold since {Show.Local(w.Start)}", w.Key, TopOf(w.Value))),
    ];

    private static List<TimePoint> TopOf(JsonElement value) => value.TryGetProperty("products", out var products)
        ? [.. products.EnumerateArray().Select(p => new TimePoint(p.GetProperty("sku").GetString()!, p.GetProperty("items").GetDouble()))]
        : [];

    /// <summary>How many orders were paid within which time.</summary>
    private static InsightChart TimeToPay(IReadOnlyList<WindowView> windows, string cut)
    {
        var seconds = windows.Where(w => w.Text("outcome") == "paid").Select(w => w.Number("secondsToPay")).ToList();
        return new InsightChart($"Time from order to payment{cut}", "orders", [.. Waits.Select((bound, i) => new TimePoint(
            $"≤ {Show.Seconds(bound)}", seconds.Count(s => s <= bound && s > (i == 0 ? -1 : Waits[i - 1]))))]);
    }
}
