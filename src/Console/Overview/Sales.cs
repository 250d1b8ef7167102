using Monolith.Console.Api;
using Monolith.Console.Insights;
using Monolith.Console.Parts;

namespace Monolith.Console.Overview;

/// <summary>Orders and revenue of the last half hour, minute by minute. Windows that change are asked for again, settled ones are not.</summary>
internal sealed class Sales(MonolithApi api)
{
    private const int Minutes = 30;

    /// <summary>Windows take late events for five minutes after their end.</summary>
    private static readonly TimeSpan Unsettled = TimeSpan.FromMinutes(7);

    /// <summary>A processor that stood still fills windows that had seemed settled.</summary>
    private static readonly TimeSpan BetweenWholeReads = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(DateTimeOffset Start, string Key, string Currency), WindowView> windows = [];

    private DateTimeOffset readWhole = DateTimeOffset.MinValue;

    public IReadOnlyList<TimePoint> Orders { get; private set; } = [];

    public IReadOnlyList<TimePoint> Revenue { get; private set; } = [];

    /// <summary>The one with the most orders; amounts of different ones cannot be added.</summary>
    public string Currency { get; private set; } = string.Empty;

    public async Task Load(DateTimeOffset now, CancellationToken cancellation)
    {
        var first = MinuteOf(now).AddMinutes(-Minutes + 1);
        var isWhole = now - readWhole >= BetweenWholeReads;
        await foreach (var window in Windows(isWhole ? first : now - Unsettled, cancellation))
        {
            windows[(window.Start, window.Key, window.Text("currency"))] = window;
        }

        readWhole = isWhole ? now : readWhole;

        foreach (var old in windows.Keys.Where(key => key.Start < first).ToList())
        {
            windows.Remove(old);
        }

        Currency = windows.Values.GroupBy(w => w.Text("currency"), StringComparer.Ordinal).MaxBy(g => g.Sum(w => w.Number("orders")))?.Key ?? string.Empty;
        Orders = PerMinute(first, windows.Values, "orders");
        Revenue = PerMinute(first, windows.Values.Where(w => w.Text("currency") == Currency), "revenue");
    }

    private async IAsyncEnumerable<WindowView> Windows(
        DateTimeOffset from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        string? cursor = null;
        do
        {
            var path = Query.With("v1/insights/sales-per-minute/windows", ("from", Show.Iso(from)), ("limit", "200"), ("cursor", cursor));
            var page = await api.Get<Page<WindowView>>(path, cancellation);
            foreach (var window in page.Items)
            {
                yield return window;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static List<TimePoint> PerMinute(DateTimeOffset first, IEnumerable<WindowView> windows, string value)
    {
        var sums = windows.GroupBy(w => w.Start).ToDictionary(g => g.Key, g => g.Sum(w => w.Number(value)));
        return [.. Enumerable.Range(0, Minutes).Select(i => first.AddMinutes(i)).Select(at => new TimePoint(Show.LocalTime(at), sums.GetValueOrDefault(at)))];
    }

    private static DateTimeOffset MinuteOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
