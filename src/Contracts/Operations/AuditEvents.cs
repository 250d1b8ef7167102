namespace Monolith.Contracts.Operations;

/// <summary>
/// Somebody asked for something to be done under <c>/admin</c>. It is recorded before anything is done, so whatever was done has one. One
/// without an <see cref="AdminActionFinished"/> is under way, or was cut off by a crash.
/// </summary>
/// <param name="Actor">The caller's <c>sub</c>.</param>
/// <param name="Roles">The roles that the caller had.</param>
/// <param name="Action">Method and route: <c>POST /admin/projections/{name}/rebuilds</c>.</param>
/// <param name="Target">The values in the route; null where it has none.</param>
/// <param name="Reason">Why, in the words of the caller; null where none was given.</param>
public sealed record AdminActionAttempted(
    string ActionId, string Actor, IReadOnlyList<string> Roles, string Action, string? Target, string? Reason, string? CorrelationId,
    DateTimeOffset AttemptedAt);

/// <summary>An attempt was answered.</summary>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Problem">The type of the problem, where it was refused or failed.</param>
/// <param name="Operation">The address of the operation that was started.</param>
/// <param name="IsRepeated">The caller sent the request again under its idempotency key and got the first answer; nothing was done.</param>
public sealed record AdminActionFinished(
    string ActionId, int Status, string? Problem, string? Operation, bool IsRepeated, DateTimeOffset FinishedAt);
