namespace Monolith.Operations.Health;

/// <summary>
/// Settings under <c>Health</c>: how long something may last before it is a problem. With these defaults every fault shows within 30 s.
/// </summary>
public sealed record HealthOptions
{
    public const string Section = "Health";

    /// <summary>How long a node that runs projections may go without having looked for new events. A healthy one looks about once a second.</summary>
    public TimeSpan HighWaterStalled { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How old an event may become before the high-water mark has passed it.</summary>
    public TimeSpan HighWaterBehind { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a projection that runs may stay where it is while the mark lets it go on.</summary>
    public TimeSpan ProjectionFrozen { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How old an event may become before a projection has seen it.</summary>
    public TimeSpan ProjectionBehind { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an open transaction may do nothing.</summary>
    public TimeSpan IdleTransaction { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a message may wait to be sent.</summary>
    public TimeSpan OutboxStuck { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a message may wait to be handled, a scheduled one from the moment that it is due.</summary>
    public TimeSpan InboxStuck { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long sequence numbers that the mark passed without an event are reported.</summary>
    public TimeSpan SkipsShownFor { get; init; } = TimeSpan.FromMinutes(10);

    public bool IsValid =>
        new[] { HighWaterStalled, HighWaterBehind, ProjectionFrozen, ProjectionBehind, IdleTransaction, OutboxStuck, InboxStuck, SkipsShownFor }
            .All(limit => limit > TimeSpan.Zero);
}
