namespace Monolith.Insights.Streaming.Alerting;

/// <summary>
/// When somebody is to be told of what a processor has in its windows. What raises an alert and what clears it need not be opposites: between the two
/// it stays as it is, so that it does not come and go (hysteresis).
/// </summary>
internal sealed record AlertRule<TState>
    where TState : class
{
    /// <summary>What it is called in the API; a part of the alerts' ids.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it looks at windows when they are final, or whenever one changes.</summary>
    public Standing LooksAt { get; init; } = Standing.Final;

    public required Predicate<TState> Raise { get; init; }

    public required Predicate<TState> Clear { get; init; }

    /// <summary>How many windows of a key must say so one after the other for it to be raised.</summary>
    public int For { get; init; } = 1;

    /// <summary>What people read.</summary>
    public required Func<TState, string> Says { get; init; }
}
