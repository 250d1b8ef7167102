using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Operations.Following;
using Wolverine.Http;

namespace Monolith.Operations.Correcting;

public sealed record ApplyFeeReview(string? Reason)
{
    public InputErrors Check() => new InputErrors().Text(Reason, "reason");

    /// <param name="review">Null when there is no such operation.</param>
    public static Decision Decide(ApplyFeeReview command, Operation? review, string operationId, string actor, DateTimeOffset now) => review switch
    {
        not { Kind: OperationKind.FeeReview, Review: not null } => Decision.Reject(ProblemTypes.NotFound, "There is no such review."),
        { Status: not OperationStatus.Succeeded } => Decision.Reject(ProblemTypes.StateConflict, "The review has not succeeded."),
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
    public static async Task<(IResult, RunFeeReview?)> Post(
        string id, ApplyFeeReview command, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var review = await session.LoadAsync<Operation>(Operation.StreamOf(id), cancellation);
        var decision = ApplyFeeReview.Decide(command, review, Guid.CreateVersion7().ToString(), http.User.Subject(), time.BusinessNow());
        return decision.Problem is { } problem
            ? (Results.Problem(problem), null)
            : await FeeOperation.Begin((FeeReviewRequested)decision.Events[0], session, cancellation);
    }
}
