using System.Collections.Immutable;
using Monolith.Insights.Streaming.Alerting;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Streaming;

/// <summary>
/// What a processor does, in the terms of the field: source events with their event time, keys, windows, grace, aggregation, output. It is data and
/// pure functions; <see cref="Processor{TSelf,TState}"/> runs it.
/// </summary>
/// <typeparam name="TState">What a window holds. One event's share of it is of this type, too.</typeparam>
internal sealed record Topology<TState>
    where TState : class
{
    public required IWindowing Windows { get; init; }

    /// <summary>How long after its end a window still takes what comes late.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>Puts two shares together. The order must not matter.</summary>
    public required Func<TState, TState, TState> Merge { get; init; }

    /// <summary>What the API shows of a window.</summary>
    public required Func<TState, Standing, object> Output { get; init; }

    /// <summary>What it is called in the API; that of its windows unless it does something particular with them.</summary>
    public string? Kind { get; init; }

    /// <summary>What arrives is joined with this, as it was at that point of the log.</summary>
    public ITable? Table { get; init; }

    /// <summary>What people are told of.</summary>
    public IReadOnlyList<AlertRule<TState>> Alerts { get; init; } = [];

    public Carry<TState>? Carry { get; init; }

    public ImmutableDictionary<Type, Source<TState>> Sources { get; private init; } = [];

    /// <summary>Takes in events of a type.</summary>
    /// <param name="at">The event time, from the body.</param>
    /// <param name="shares">To which keys it contributes, and what.</param>
    public Topology<TState> From<TEvent>(
        Func<TEvent, DateTimeOffset> at, Func<TEvent, IEnumerable<Share<TState>>> shares, Side side = Side.Left)
        where TEvent : notnull => With<TEvent>(new Source<TState>(e => at((TEvent)e), (e, _) => shares((TEvent)e), side));

    /// <summary>Takes in events that mean something only together with the one that their stream began with, which never changes.</summary>
    public Topology<TState> FromWithBeginning<TEvent, TFirst>(
        Func<TEvent, DateTimeOffset> at, Func<TEvent, TFirst, IEnumerable<Share<TState>>> shares)
        where TEvent : notnull
        where TFirst : notnull => With<TEvent>(new Source<TState>(
            e => at((TEvent)e), (e, partners) => partners.Beginning is TFirst first ? shares((TEvent)e, first) : [], Side.Left)
        {
            NeedsBeginning = true,
        });

    /// <summary>Takes in events that are joined with rows of the <see cref="Table"/>.</summary>
    /// <param name="keys">Which rows.</param>
    public Topology<TState> FromWithTable<TEvent, TRow>(
        Func<TEvent, DateTimeOffset> at, Func<TEvent, IEnumerable<string>> keys,
        Func<TEvent, IReadOnlyDictionary<string, TRow>, IEnumerable<Share<TState>>> shares)
        where TEvent : notnull => With<TEvent>(new Source<TState>(
            e => at((TEvent)e),
            (e, partners) => shares((TEvent)e, keys((TEvent)e).Distinct().Where(partners.Rows.ContainsKey).ToDictionary(k => k, k => (TRow)partners.Rows[k])),
            Side.Left)
        {
            Keys = e => keys((TEvent)e),
        });

    private Topology<TState> With<TEvent>(Source<TState> source) => this with { Sources = Sources.Add(typeof(TEvent), source) };
}

/// <summary>Events of one type, as a processor takes them in.</summary>
/// <param name="At">The event time, from the body.</param>
internal sealed record Source<TState>(
    Func<object, DateTimeOffset> At, Func<object, Partners, IEnumerable<Share<TState>>> Shares, Side Side)
    where TState : class
{
    public bool NeedsBeginning { get; init; }

    /// <summary>The rows of the table that an event is joined with.</summary>
    public Func<object, IEnumerable<string>> Keys { get; init; } = _ => [];
}

/// <summary>What one event contributes under one key.</summary>
/// <param name="Part">What keeps windows of the same key and time apart, such as the currency of amounts.</param>
internal sealed record Share<TState>(string Key, TState State, string Part = "")
    where TState : class;

/// <summary>What an event is joined with.</summary>
/// <param name="Rows">The table as it was when the event was appended.</param>
/// <param name="Beginning">The first event of the event's stream.</param>
internal sealed record Partners(IReadOnlyDictionary<string, object> Rows, object? Beginning);

/// <summary>How far a window has come.</summary>
public enum Standing
{
    /// <summary>It may still change.</summary>
    Open,

    /// <summary>It has ended, and so has its grace: it never changes again.</summary>
    Final,
}
