using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Monolith.Operations.Projections;
using Wolverine.Http;

namespace Monolith.Operations.Health;

/// <summary>
/// How asynchronous processing does. The mark (how far projections may go) stands beside the head of the log, because a lag that is
/// measured against a mark that has stopped is always zero.
/// </summary>
/// <param name="LagSeconds">Age of the oldest event that some projection has not seen.</param>
/// <param name="HighWaterAgeSeconds">How long ago a node that runs projections looked for new events; of several the one that is worst off.</param>
/// <param name="MarkLagSeconds">Age of the first event beyond the mark.</param>
/// <param name="IdleTransactions">Transactions that have done nothing for too long.</param>
/// <param name="SkippedSequences">What the mark passed without an event, lately.</param>
/// <param name="OutboxAgeSeconds">How long the oldest message waits to be sent.</param>
/// <param name="InboxAgeSeconds">How long the oldest message waits to be handled.</param>
/// <param name="Problems">All that is wrong, each under its own name.</param>
public sealed record ProjectionHealth(
    HealthStatus Status,
    long Mark,
    long Head,
    double LagSeconds,
    double HighWaterAgeSeconds,
    double MarkLagSeconds,
    long OpenDeadLetters,
    DeadLetterCount DeadLetters,
    IReadOnlyList<IdleTransaction> IdleTransactions,
    IReadOnlyList<SkippedRange> SkippedSequences,
    double OutboxAgeSeconds,
    double InboxAgeSeconds,
    IReadOnlyList<HealthProblem> Problems,
    IReadOnlyList<ProjectionView> Projections);

/// <param name="Messages">Messages that no handler could handle.</param>
/// <param name="Projections">Events that projections set aside.</param>
public sealed record DeadLetterCount(long Messages, long Projections);

public static class GetProjectionHealthEndpoint
{
    /// <summary>How asynchronous processing does; 503 when a projection stands still.</summary>
    [WolverineGet("/health/projections"), Authorize(Policy = Policies.ViewerOrLoopback), DisableRateLimiting]
    [ProducesResponseType<ProjectionHealth>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(HealthProbe probe, CancellationToken cancellation)
    {
        var health = await probe.Read(cancellation);
        return health.Status == HealthStatus.Unhealthy
            ? Results.Problem(ProblemTypes.Unavailable.With("A projection stands still.", [KeyValuePair.Create("health", (object?)health)]))
            : Results.Json(health);
    }
}
