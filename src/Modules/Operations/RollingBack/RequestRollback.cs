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
using Monolith.Operations.Rebuilding.SideBySide;
using Monolith.Operations.Running;
using Wolverine.Http;

namespace Monolith.Operations.RollingBack;

public sealed record RequestRollback(string? Reason)
{
    public InputErrors Check() => new InputErrors().Text(Reason, "reason");

    /// <param name="projection">Null when there is none of that name.</param>
    /// <param name="previous">The generation that is kept; null when there is none.</param>
    /// <param name="claim">The operation that works on it at the moment.</param>
    public static Decision Decide(
        RequestRollback command, RegisteredProjection? projection, PreviousGeneration? previous, OperationClaim? claim, string operationId, string actor,
        DateTimeOffset now) => (projection, claim, previous) switch
        {
            (null, _, _) => Decision.Reject(ProblemTypes.NotFound, "There is no such projection."),
            (_, not null, _) => Decision.Reject(ProblemTypes.OperationRunning, "An operation works on this projection already."),
            (_, _, null) => Decision.Reject(ProblemTypes.RuleViolated, "No previous generation of this projection is kept."),
            _ => Decision.Accept(new RollbackRequested(operationId, projection.Name, command.Reason!, actor, now)),
        };
}

public static class RequestRollbackEndpoint
{
    public static ProblemDetails Validate(RequestRollback command) => command.Check().ToProblem();

    /// <summary>
    /// Goes back to the generation before the last rebuild, as long as it is kept. What has happened since is folded into it first, so readers
    /// miss nothing; what is read now is kept in its place.
    /// </summary>
    [WolverinePost("/admin/projections/{name}/rollback"), Allow(Role.Operator)]
    [ProducesResponseType<OperationView>(StatusCodes.Status202Accepted)]
    public static async Task<IResult> Post(
        string name, RequestRollback command, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var claim = await session.LoadAsync<OperationClaim>(name, cancellation);
        var previous = await session.LoadAsync<PreviousGeneration>(name, cancellation);
        var decision = RequestRollback.Decide(
            command, RegisteredProjection.Find(session.DocumentStore, name), previous, claim, Guid.CreateVersion7().ToString(), http.User.Subject(),
            time.BusinessNow());
        return decision.Problem is { } problem ? OperationStart.Refuse(problem, claim) : OperationStart.Begin(session, decision.Events[0]);
    }
}
