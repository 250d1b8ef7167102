namespace Monolith.Operations;

/// <summary>How far a running operation is, written about twice a second by the node that runs it, read by any.</summary>
/// <param name="Id">The operation's public id.</param>
/// <param name="EventsPerSecond">The average of this attempt so far.</param>
public sealed record OperationProgress(string Id, Phase Phase, long Processed, long Total, double EventsPerSecond);

/// <summary>What an operation is doing.</summary>
public enum Phase
{
    /// <summary>It waits for its turn or for a node.</summary>
    Waiting,

    /// <summary>The projection is being stopped in the whole cluster.</summary>
    Stopping,

    /// <summary>The events up to the mark are being folded.</summary>
    Replaying,

    /// <summary>All old events are folded; the projection catches up with what was appended meanwhile and goes live.</summary>
    CatchingUp,

    /// <summary>What was computed again is compared with what is read.</summary>
    Comparing,

    /// <summary>What was computed again takes the place of what is read.</summary>
    Switching,

    /// <summary>Readers see the new generation; it is waited for that it follows the log.</summary>
    GoingLive,

    /// <summary>An operator has paused it.</summary>
    Paused,

    /// <summary>Orders are being looked at.</summary>
    Reviewing,

    /// <summary>Orders are being corrected.</summary>
    Correcting,

    /// <summary>It is done; what was rebuilt is live again.</summary>
    Done,
}
