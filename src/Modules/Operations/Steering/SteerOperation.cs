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
using Wolverine.Http;

namespace Monolith.Operations.Steering;

/// <summary>What an operator wants of an operation that is under way.</summary>
public sealed record SteerOperation(string? Reason)
{
    public InputErrors Check() => new InputErrors().Text(Reason, "reason");

    /// <param name="operation">Null when there is none.</param>
    public static Decision Cancel(SteerOperation command, Operation? operation, string actor, DateTimeOffset now) => operation switch
    {
        { Status: OperationStatus.Cancelled } or { IsCancelling: true, IsFinished: false } => Decision.Nothing,
        { IsFinished: false, Replaced: not null } => Decision.Reject(
            ProblemTypes.StateConflict, "It is too late: readers see the new generation already. A rollback goes back."),
        { Review: not null } or { Mode: RebuildMode.InPlace, IsFinished: false, Status: OperationStatus.Running } => Decision.Reject(
            ProblemTypes.StateConflict, "It changes in place what is read, and has to be carried through."),
        _ => Steer(operation, id => new CancellationRequested(id, command.Reason!, actor, now)),
    };

    public static Decision Pause(SteerOperation command, Operation? operation, string actor, DateTimeOffset now) => operation switch
    {
        { IsFinished: false, IsPaused: true } => Decision.Nothing,
        { IsFinished: false, IsCancelling: true } or { IsFinished: false, Replaced: not null } => Decision.Reject(
            ProblemTypes.StateConflict, "It is about to end."),
        { Review: not null } or { Mode: RebuildMode.InPlace, IsFinished: false } => Decision.Reject(
            ProblemTypes.StateConflict, "It changes in place what is read, and has to be carried through."),
        _ => Steer(operation, id => new OperationPaused(id, command.Reason!, actor, now)),
    };

    public static Decision Resume(SteerOperation command, Operation? operation, string actor, DateTimeOffset now) => operation switch
    {
        { IsFinished: false, IsPaused: false } => Decision.Nothing,
        _ => Steer(operation, id => new OperationResumed(id, command.Reason!, actor, now)),
    };

    private static Decision Steer(Operation? operation, Func<string, object> eventOf) => operation switch
    {
        null => Decision.Reject(ProblemTypes.NotFound, "There is no such operation."),
        { IsFinished: true } => Decision.Reject(ProblemTypes.StateConflict, "It has ended."),
        { PublicId: var id } => Decision.Accept(eventOf(id)),
    };
}

public static class SteerOperationEndpoints
{
    public static ProblemDetails Validate(SteerOperation command) => command.Check().ToProblem();

    /// <summary>Ends an operation at its next safe point; it leaves nothing behind. What has been exchanged already is not cancelled.</summary>
    [WolverinePost("/admin/operations/{id}/cancellation"), Allow(Role.Operator)]
    [ProducesResponseType<OperationView>(StatusCodes.Status202Accepted)]
    public static Task<IResult> Cancel(
        string id, SteerOperation command, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation) =>
        Steer(id, operation => SteerOperation.Cancel(command, operation, http.User.Subject(), time.BusinessNow()), session, cancellation);

    /// <summary>Lets an operation wait, so that others get the machine. It goes on when it is resumed, on whatever node.</summary>
    [WolverinePost("/admin/operations/{id}/pause"), Allow(Role.Operator)]
    [ProducesResponseType<OperationView>(StatusCodes.Status202Accepted)]
    public static Task<IResult> Pause(
        string id, SteerOperation command, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation) =>
        Steer(id, operation => SteerOperation.Pause(command, operation, http.User.Subject(), time.BusinessNow()), session, cancellation);

    /// <summary>Lets a paused operation go on.</summary>
    [WolverinePost("/admin/operations/{id}/resume"), Allow(Role.Operator)]
    [ProducesResponseType<OperationView>(StatusCodes.Status202Accepted)]
    public static Task<IResult> Resume(
        string id, SteerOperation command, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation) =>
        Steer(id, operation => SteerOperation.Resume(command, operation, http.User.Subject(), time.BusinessNow()), session, cancellation);

    private static async Task<IResult> Steer(
        string id, Func<Operation?, Decision> decide, IDocumentSession session, CancellationToken cancellation)
    {
        var stream = await session.Events.FetchForWriting<Operation>(Operation.StreamOf(id), cancellation);
        var decision = decide(stream.Aggregate);
        if (decision.Problem is { } problem)
        {
            return Results.Problem(problem);
        }

        stream.AppendMany(decision.Events);
        var operation = Kernel.Folding.Folded.After(stream.Aggregate, decision.Events)!;
        return CommandReply.Accepted($"/admin/operations/{id}", OperationView.Of(operation, await session.LoadAsync<OperationProgress>(id, cancellation)));
    }
}
