namespace Monolith.Contracts.Operations;

/// <summary>An operator asked for a projection to be emptied and computed again from the log.</summary>
/// <param name="Actor">The operator's <c>sub</c>.</param>
public sealed record RebuildRequested(string OperationId, string Projection, string Reason, string Actor, DateTimeOffset RequestedAt);

/// <summary>An operator asked for a projection to be computed again beside the one that is read, which is then replaced by it.</summary>
/// <param name="MaxEventsPerSecond">What it may take of the database; null for all it can get.</param>
public sealed record ReplacementRequested(
    string OperationId, string Projection, int? MaxEventsPerSecond, string Reason, string Actor, DateTimeOffset RequestedAt);

/// <summary>An operator asked whether a projection is what the log makes of it. Nothing is changed.</summary>
/// <param name="MaxEventsPerSecond">What it may take of the database; null for all it can get.</param>
public sealed record VerificationRequested(
    string OperationId, string Projection, int? MaxEventsPerSecond, string Reason, string Actor, DateTimeOffset RequestedAt);

/// <summary>An operator asked for the generation of a projection that its last replacement has left behind.</summary>
public sealed record RollbackRequested(string OperationId, string Projection, string Reason, string Actor, DateTimeOffset RequestedAt);

/// <summary>An operator asked for streams to be folded once more, of which a projection had set events aside.</summary>
public sealed record ReapplicationRequested(
    string OperationId, string Projection, IReadOnlyList<string> Streams, string Reason, string Actor, DateTimeOffset RequestedAt);

/// <summary>A node began, from the first event. A node that dies leaves it to another, which begins again.</summary>
/// <param name="Node">The node's number in the cluster.</param>
/// <param name="Total">Events to process: up to the mark at this moment.</param>
public sealed record RebuildStarted(string OperationId, int Node, long Total, DateTimeOffset StartedAt);

/// <summary>Readers see the other generation from here on.</summary>
/// <param name="Generation">The number of what is read now.</param>
/// <param name="Comparison">How it differs from what was read before.</param>
public sealed record ProjectionReplaced(string OperationId, int Generation, ProjectionComparison Comparison, DateTimeOffset ReplacedAt);

/// <summary>The projection is complete, live again and was seen at the head of the log.</summary>
/// <param name="Generation">The generation that its content has from now on.</param>
public sealed record RebuildSucceeded(string OperationId, int Generation, DateTimeOffset FinishedAt);

/// <summary>The streams were folded once more, with all of their events; the projection follows the log again.</summary>
/// <param name="Generation">The generation that the projection has from now on.</param>
public sealed record StreamsReapplied(string OperationId, int Generation, DateTimeOffset FinishedAt);

/// <summary>The projection was compared with what the log makes of it.</summary>
public sealed record VerificationSucceeded(string OperationId, ProjectionComparison Comparison, DateTimeOffset FinishedAt);

/// <summary>
/// It ended with an error. What is read is what was read before, unless it has been replaced already, or was being rebuilt in place: that goes
/// on from where it came to.
/// </summary>
/// <param name="Error">What went wrong, with the event that could not be folded where one is to blame.</param>
public sealed record RebuildFailed(string OperationId, string Error, DateTimeOffset FinishedAt);

/// <summary>A projection beside what the log makes of it, row by row.</summary>
/// <param name="Position">The sequence up to which both had seen the log, at least; rows of an inline projection are compared at equal versions.</param>
/// <param name="Rows">Rows that were compared.</param>
/// <param name="OnlyLive">Rows that only the one has that is read.</param>
/// <param name="OnlyRebuilt">Rows that only the one has that was computed again.</param>
/// <param name="Different">Rows that both have, with different content.</param>
/// <param name="Moving">Rows that were written meanwhile and could not be compared.</param>
/// <param name="IsExact">Both had seen the same events; false when the one that is read had stopped before.</param>
/// <param name="Examples">The first rows that differ, as <c>table/id</c>.</param>
public sealed record ProjectionComparison(
    long Position, long Rows, long OnlyLive, long OnlyRebuilt, long Different, long Moving, bool IsExact, IReadOnlyList<string> Examples);
