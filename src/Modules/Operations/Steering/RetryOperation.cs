using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Operations.Following;
using Monolith.Operations.Rebuilding;
using Monolith.Operations.Running;
using Wolverine.Http;

namespace Monolith.Operations.Steering;

/// <summary>Asks once more for what has failed or was cancelled.</summary>
public sealed record RetryOperation(string? Reason)
{
    public InputErrors Check() => new InputErrors().Text(Reason, "reason");

    /// <param name="operation">What ended without success; null when there is none.</param>
    /// <param name="claim">The operation that works on its target at the moment.</param>
    /// <param name="operationId">Of the new one.</param>
    public static Decision Decide(
        RetryOperation command, Operation? operation, OperationClaim? claim, string operationId, string actor, DateTimeOffset now) =>
        (operation, claim) switch
        {
            (null, _) => Decision.Reject(ProblemTypes.NotFound, "There is no such operation."),
            (_, not null) => Decision.Reject(ProblemTypes.OperationRunning, "An operation works on the same already."),
            ({ Status: not (OperationStatus.Failed or OperationStatus.Cancelled) }, _) =>
                Decision.Reject(ProblemTypes.StateConflict, "Only what has failed or was cancelled can be tried again."),
            _ => Decision.Accept(Again(operation, operationId, command.Reason!, actor, now)),
        };

    private static object Again(Operation operation, string id, string reason, string actor, DateTimeOffset now) => operation switch
    {
        { Review: { } review } => review with { OperationId = id, Reason = reason, Actor = actor, RequestedAt = now },
        { Kind: OperationKind.Verification } => new VerificationRequested(id, operation.Target, operation.MaxEventsPerSecond, reason, actor, now),
        { Kind: OperationKind.Rollback } => new RollbackRequested(id, operation.Target, reason, actor, now),
        { Kind: OperationKind.Reapplication } => new ReapplicationRequested(id, operation.Target, operation.Streams, reason, actor, now),
        { Mode: RebuildMode.SideBySide } => new ReplacementRequested(id, operation.Target, operation.MaxEventsPerSecond, reason, actor, now),
        _ => new RebuildRequested(id, operation.Target, reason, actor, now),
    };
}

public static class RetryOperationEndpoint
{
    public static ProblemDetails Validate(RetryOperation command) => command.Check().ToProblem();

    /// <summary>Begins an operation that failed or was cancelled once more, as a new one.</summary>
    [WolverinePost("/admin/operations/{id}/retry"), Allow(Role.Operator)]
    [ProducesResponseType<OperationView>(StatusCodes.Status202Accepted)]
    public static async Task<IResult> Post(
        string id, RetryOperation command, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var operation = await session.LoadAsync<Operation>(Operation.StreamOf(id), cancellation);
        var claim = operation is null ? null : await session.LoadAsync<OperationClaim>(operation.Target, cancellation);
        var decision = RetryOperation.Decide(
            command, operation, claim, Guid.CreateVersion7().ToString(), http.User.Subject(), time.BusinessNow());
        return decision.Problem is { } problem ? OperationStart.Refuse(problem, claim) : OperationStart.Begin(session, decision.Events[0]);
    }
}
