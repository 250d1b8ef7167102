using JasperFx.Events.Projections;
using Marten;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Monolith.Operations.Projections;
using Npgsql;
using Wolverine.Http;

namespace Monolith.Operations.Health;

/// <summary>
/// How asynchronous processing does. The mark (how far projections may go) stands beside the head of the log, because a lag that is
/// measured against a mark that has stopped is always zero.
/// </summary>
/// <param name="LagSeconds">Age of the oldest event that some projection has not seen.</param>
/// <param name="IdleTransactions">Transactions that do nothing, for how many seconds: an open one can hold the mark back.</param>
public sealed record ProjectionHealth(
    string Status, long Mark, long Head, double LagSeconds, long OpenDeadLetters, IReadOnlyList<double> IdleTransactions,
    IReadOnlyList<ProjectionView> Projections);

public static class GetProjectionHealthEndpoint
{
    private const string Unhealthy = "unhealthy";

    /// <summary>How asynchronous processing does; 503 when a projection stands still.</summary>
    [WolverineGet("/health/projections"), Authorize(Policy = Policies.ViewerOrLoopback), DisableRateLimiting]
    [ProducesResponseType<ProjectionHealth>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        IQuerySession session, NpgsqlDataSource database, Shards shards, TimeProvider time, CancellationToken cancellation)
    {
        var store = session.DocumentStore;
        var projections = await ProjectionViews.Load(RegisteredProjection.All(store), session, database, shards, time.GetUtcNow(), cancellation);
        var mark = (await store.Advanced.AllProjectionProgress(token: cancellation)).FirstOrDefault(s => s.ShardName == ShardState.HighWaterMark)?.Sequence ?? 0;
        var signals = await Signals.Load(store, database, cancellation);
        var health = new ProjectionHealth(
            StatusOf(projections, signals), mark, projections.Max(p => p.Head), projections.Max(p => p.LagSeconds),
            signals.OpenDeadLetters, signals.IdleTransactions, projections);

        return health.Status == Unhealthy
            ? Results.Problem(ProblemTypes.Unavailable.With("A projection stands still.", [KeyValuePair.Create("health", (object?)health)]))
            : Results.Json(health);
    }

    internal static string StatusOf(IReadOnlyList<ProjectionView> projections, Signals signals) => (projections, signals) switch
    {
        _ when projections.Any(p => p.Status is ProjectionStatus.Failed or ProjectionStatus.Stopped) => Unhealthy,
        (_, { OpenDeadLetters: > 0 } or { IdleTransactions.Count: > 0 }) => "degraded",
        _ when projections.Any(p => p.Status == ProjectionStatus.Rebuilding) => "degraded",
        _ => "healthy",
    };
}
