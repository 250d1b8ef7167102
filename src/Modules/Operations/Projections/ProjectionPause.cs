namespace Monolith.Operations.Projections;

/// <summary>An operator has stopped a projection in the whole cluster, until an operator lets it go on or it has been rebuilt.</summary>
/// <param name="Id">The projection.</param>
public sealed record ProjectionPause(string Id, string Reason, string Actor, DateTimeOffset PausedAt);
