namespace Monolith.Operations;

/// <summary>
/// Says that an unfinished operation works on a target. It is inserted with the operation's first event and deleted with its last:
/// its primary key lets one of two simultaneous requests win, in the whole cluster.
/// </summary>
/// <param name="Id">The target.</param>
public sealed record OperationClaim(string Id, string OperationId, OperationKind Kind);
