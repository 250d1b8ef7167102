namespace Monolith.Operations.Health;

/// <summary>What can be wrong. The names are for ever: alarms hang on them.</summary>
public enum HealthProblemName
{
    /// <summary>A node runs projections and does not look for new events any more.</summary>
    HighWaterStalled,

    /// <summary>The mark, up to which projections may go, stays behind the log.</summary>
    HighWaterBehind,

    /// <summary>No node runs the projection.</summary>
    ProjectionStopped,

    /// <summary>An error stopped the projection.</summary>
    ProjectionFailed,

    /// <summary>A node claims to run the projection, and it does not move although it could.</summary>
    ProjectionFrozen,

    /// <summary>The projection has not seen an event of the log for too long.</summary>
    ProjectionBehind,

    /// <summary>Somebody keeps a transaction open and does nothing in it.</summary>
    IdleTransaction,

    /// <summary>The mark passed sequence numbers that had no event.</summary>
    SkippedSequences,

    /// <summary>A message waits too long to be sent.</summary>
    OutboxStuck,

    /// <summary>A message waits too long to be handled.</summary>
    InboxStuck,

    /// <summary>Something was set aside and waits for a person.</summary>
    DeadLetters,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Subject">What is affected: a projection, a node, a process of the database.</param>
/// <param name="Seconds">For how long, where that is known.</param>
/// <param name="Detail">For people.</param>
public sealed record HealthProblem(HealthProblemName Name, string Subject, double? Seconds, string Detail);

public enum HealthStatus
{
    Healthy,

    /// <summary>Everything goes on, but somebody should have a look.</summary>
    Degraded,

    /// <summary>A projection stands still.</summary>
    Unhealthy,
}
