namespace Monolith.Contracts.Operations;

/// <summary>An operator wants an operation to end. It does so at its next safe point.</summary>
/// <param name="Actor">The operator's <c>sub</c>.</param>
public sealed record CancellationRequested(string OperationId, string Reason, string Actor, DateTimeOffset RequestedAt);

/// <summary>The operation ended because an operator wanted that, and left nothing behind.</summary>
public sealed record OperationCancelled(string OperationId, DateTimeOffset FinishedAt);

/// <summary>An operator wants an operation to wait, so that others get the machine.</summary>
public sealed record OperationPaused(string OperationId, string Reason, string Actor, DateTimeOffset PausedAt);

/// <summary>An operator wants an operation to go on.</summary>
public sealed record OperationResumed(string OperationId, string Reason, string Actor, DateTimeOffset ResumedAt);
