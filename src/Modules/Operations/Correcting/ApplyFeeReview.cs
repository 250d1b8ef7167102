using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Operations.Following;
using Monolith.Operations.Running;
using Wolverine.Http;

namespace Monolith.Operations.Correcting;

public sealed record ApplyFeeReview(string? Reason)
{
    public InputErrors Check() => new InputErrors().Text(Reason, "reason");

    /// <param name="review">Null when there is no such operation.</param>
    /// <param name="claim">The operation that works on delivery fees at the moment.</param>
    public static Decision Decide(
        ApplyFeeReview command, Operation? review, OperationClaim? claim, string operationId, string actor, DateTimeOffset now) => review switch
        {
            not { Kind: OperationKind.FeeReview, Review: not null } => Decision.Reject(ProblemTypes.NotFound, "There is no such review."),
            { Status: not OperationStatus.Succeeded } => Decision.Reject(ProblemTypes.StateConflict, "The review has not succeeded."),
            _ when claim is not null => Decision.Reject(ProblemTypes.OperationRunning, "Delivery fees are being looked at already."),
            _ => Decision.Accept(new FeeReviewRequested(
                operationId, review.Review.PolicyVersion, review.Review.CorrectPolicyVersion, review.PublicId, command.Reason!, actor, now)),
        };
}

public static class ApplyFeeReviewEndpoint
{
    public static ProblemDetails Validate(ApplyFeeReview command) => command.Check().ToProblem();

    /// <summary>
    /// Corrects the orders that a review found, each at the version that was found: one that has moved since is left for the next review. Money
    /// is given back or asked for. A second time changes nothing.
    /// </summary>
    [WolverinePost("/admin/corrections/delivery-fees/{id}/application"), Allow(Role.Operator)]
    [ProducesResponseType<OperationView>(StatusCodes.Status202Accepted)]
    public static async Task<IResult> Post(
        string id, ApplyFeeReview command, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var batch = session.CreateBatchQuery();
        var review = batch.Load<Operation>(Operation.StreamOf(id));
        var running = batch.Load<OperationClaim>(Operation.DeliveryFees);
        await batch.Execute(cancellation);
        var claim = await running;
        var decision = ApplyFeeReview.Decide(
            command, await review, claim, Guid.CreateVersion7().ToString(), http.User.Subject(), time.BusinessNow());
        return decision.Problem is { } problem ? OperationStart.Refuse(problem, claim) : OperationStart.Begin(session, decision.Events[0]);
    }
}
