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
using Monolith.Operations.Rebuilding;
using Monolith.Operations.Running;
using Wolverine.Http;

namespace Monolith.Operations.Verifying;

/// <param name="MaxEventsPerSecond">Keeps it from taking too much of the database.</param>
public sealed record RequestVerification(string? Reason, int? MaxEventsPerSecond = null)
{
    public InputErrors Check() => new InputErrors()
        .Text(Reason, "reason")
        .Require(MaxEventsPerSecond is null or > 0, "maxEventsPerSecond", "must be positive");

    /// <param name="projection">Null when there is none of that name.</param>
    /// <param name="claim">The operation that works on it at the moment.</param>
    public static Decision Decide(
        RequestVerification command, RegisteredProjection? projection, OperationClaim? claim, string operationId, string actor, DateTimeOffset now) =>
        (projection, claim) switch
        {
            (null, _) => Decision.Reject(ProblemTypes.NotFound, "There is no such projection."),
            (_, not null) => Decision.Reject(ProblemTypes.OperationRunning, "An operation works on this projection already."),
            _ when !RebuildRunner.CanRebuild(projection) => Decision.Reject(
                ProblemTypes.RuleViolated, "Of the inline projections only snapshots of single streams can be verified."),
            _ => Decision.Accept(new VerificationRequested(operationId, projection.Name, command.MaxEventsPerSecond, command.Reason!, actor, now)),
        };
}

public static class RequestVerificationEndpoint
{
    public static ProblemDetails Validate(RequestVerification command) => command.Check().ToProblem();

    /// <summary>
    /// Computes a projection again into a scratch copy and compares the two, row by row. Nothing is changed; the operation's report says what differs.
    /// </summary>
    [WolverinePost("/admin/projections/{name}/verification"), Allow(Role.Operator)]
    [ProducesResponseType<OperationView>(StatusCodes.Status202Accepted)]
    public static async Task<IResult> Post(
        string name, RequestVerification command, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var claim = await session.LoadAsync<OperationClaim>(name, cancellation);
        var decision = RequestVerification.Decide(
            command, RegisteredProjection.Find(session.DocumentStore, name), claim, Guid.CreateVersion7().ToString(), http.User.Subject(),
            time.BusinessNow());
        return decision.Problem is { } problem ? OperationStart.Refuse(problem, claim) : OperationStart.Begin(session, decision.Events[0]);
    }
}
