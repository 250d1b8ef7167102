using JasperFx.Events;
using JasperFx.Events.Daemon;
using Monolith.Contracts.Insights;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Streaming;

/// <summary>An event as it comes to the windows of a processor: when it happened, and what it contributes.</summary>
/// <param name="Claimed">The time that its body says.</param>
/// <param name="At">The time that it is taken for: not later than it was recorded, but for what clocks may differ.</param>
internal sealed record Arrival<TState>(IEvent Event, DateTimeOffset Claimed, DateTimeOffset At, Side Side, IReadOnlyList<Share<TState>> Shares)
    where TState : class
{
    public bool IsOfTheFuture => Claimed > At;
}

/// <summary>Makes the arrivals of a page of the log, in its order.</summary>
/// <param name="rows">The rows of the table that the page needs, as they were before it. What the page makes of them is in here afterwards.</param>
/// <param name="beginnings">By stream, the event that it began with, for those that need it.</param>
internal sealed class Arrivals<TState>(
    Topology<TState> topology, Dictionary<string, object> rows, IReadOnlyDictionary<string, object> beginnings)
    where TState : class
{
    /// <summary>How far the clock of whoever says when something happened may be ahead of the one that recorded it.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>The rows that the page has changed.</summary>
    public Dictionary<string, object> Changed { get; } = new(StringComparer.Ordinal);

    /// <exception cref="ApplyEventException">Names the event that could not be taken in.</exception>
    public IReadOnlyList<Arrival<TState>> Of(IEnumerable<IEvent> page) => [.. page.Select(e => Culprit.Named(e, () => Of(e))).OfType<Arrival<TState>>()];

    private Arrival<TState>? Of(IEvent e)
    {
        if (topology.Table is { } table && table.Event == e.EventType)
        {
            var (key, row) = table.RowOf(e.Data);
            rows[key] = Changed[key] = row;
        }

        if (e.Data is TimeAdvanced advanced)
        {
            return At(e, advanced.AdvancedAt, Side.Left, []);
        }

        return topology.Sources.TryGetValue(e.EventType, out var source)
            ? At(e, source.At(e.Data), source.Side, Shares(source, e))
            : null;
    }

    private static Arrival<TState> At(IEvent e, DateTimeOffset claimed, Side side, IReadOnlyList<Share<TState>> shares)
    {
        var latest = e.Timestamp + Tolerance;
        return new Arrival<TState>(e, claimed, claimed > latest ? latest : claimed, side, shares);
    }

    /// <summary>One for each key, so that an event counts once wherever it counts.</summary>
    private IReadOnlyList<Share<TState>> Shares(Source<TState> source, IEvent e) =>
    [
        .. source.Shares(e.Data, new Partners(rows, beginnings.GetValueOrDefault(e.StreamKey!)))
            .GroupBy(s => (s.Key, s.Part), (_, same) => same.Aggregate((a, b) => a with { State = topology.Merge(a.State, b.State) })),
    ];
}
