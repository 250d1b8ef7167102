namespace Monolith.Contracts.Operations;

/// <summary>An operator asked for a projection to be computed again from the log.</summary>
/// <param name="Actor">The operator's <c>sub</c>.</param>
public sealed record RebuildRequested(string OperationId, string Projection, string Reason, string Actor, DateTimeOffset RequestedAt);

/// <summary>A node began the rebuild, from the first event. A node that dies leaves it to another, which begins again.</summary>
/// <param name="Node">The node's number in the cluster.</param>
/// <param name="Total">Events to process: up to the mark at this moment.</param>
public sealed record RebuildStarted(string OperationId, int Node, long Total, DateTimeOffset StartedAt);

/// <summary>The projection is complete, live again and was seen at the head of the log.</summary>
/// <param name="Generation">The generation that its content has from now on.</param>
public sealed record RebuildSucceeded(string OperationId, int Generation, DateTimeOffset FinishedAt);

/// <summary>The rebuild ended with an error. The projection was started again and goes on from where the rebuild came to.</summary>
/// <param name="Error">What went wrong, with the event that could not be folded where one is to blame.</param>
public sealed record RebuildFailed(string OperationId, string Error, DateTimeOffset FinishedAt);
