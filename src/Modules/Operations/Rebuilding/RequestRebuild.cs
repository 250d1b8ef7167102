using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Operations.Following;
using Monolith.Operations.Projections;
using Monolith.Operations.Running;
using Wolverine.Http;

namespace Monolith.Operations.Rebuilding;

public enum RebuildMode
{
    InPlace,
    SideBySide,
}

/// <param name="Mode">Side by side when absent.</param>
/// <param name="MaxEventsPerSecond">Keeps a rebuild side by side from taking too much of the database; without it, it takes what it can get.</param>
public sealed record RequestRebuild(string? Reason, RebuildMode? Mode = null, int? MaxEventsPerSecond = null)
{
    public InputErrors Check() => new InputErrors()
        .Text(Reason, "reason")
        .Require(MaxEventsPerSecond is null or > 0, "maxEventsPerSecond", "must be positive")
        .Require(MaxEventsPerSecond is null || Mode != RebuildMode.InPlace, "maxEventsPerSecond", "only a rebuild side by side has a limit");

    /// <param name="projection">Null when there is none of that name.</param>
    /// <param name="claim">The operation that works on it at the moment.</param>
    public static Decision Decide(
        RequestRebuild command, RegisteredProjection? projection, OperationClaim? claim, string operationId, string actor, DateTimeOffset now) =>
        (projection, claim) switch
        {
            (null, _) => Decision.Reject(ProblemTypes.NotFound, "There is no such projection."),
            (_, not null) => Decision.Reject(ProblemTypes.OperationRunning, "An operation works on this projection already."),
            _ when !RebuildRunner.CanRebuild(projection) => Decision.Reject(
                ProblemTypes.RuleViolated, "Of the inline projections only snapshots of single streams can be rebuilt."),
            _ when command.Mode != RebuildMode.InPlace => Decision.Accept(
                new ReplacementRequested(operationId, projection.Name, command.MaxEventsPerSecond, command.Reason!, actor, now)),
            _ => Decision.Accept(new RebuildRequested(operationId, projection.Name, command.Reason!, actor, now)),
        };
}

public static class RequestRebuildEndpoint
{
    public static ProblemDetails Validate(RequestRebuild command) => command.Check().ToProblem();

    /// <summary>Computes a projection again from the log; one operation at a time works on it.</summary>
    [WolverinePost("/admin/projections/{name}/rebuilds"), Allow(Role.Operator)]
    [ProducesResponseType<OperationView>(StatusCodes.Status202Accepted)]
    public static async Task<IResult> Post(
        string name, RequestRebuild command, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var claim = await session.LoadAsync<OperationClaim>(name, cancellation);
        var operationId = Guid.CreateVersion7().ToString();
        var decision = RequestRebuild.Decide(
            command, RegisteredProjection.Find(session.DocumentStore, name), claim, operationId, http.User.Subject(), time.BusinessNow());
        return decision.Problem is { } problem ? OperationStart.Refuse(problem, claim) : OperationStart.Begin(session, decision.Events[0]);
    }
}
