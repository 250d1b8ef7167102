using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Operations;
using Monolith.Contracts.Ordering;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Operations.Following;
using Monolith.Operations.Running;
using Wolverine.Http;

namespace Monolith.Operations.Correcting;

/// <param name="PolicyVersion">The policy whose fees are in doubt.</param>
/// <param name="CorrectPolicyVersion">The policy that says what is right.</param>
public sealed record RequestFeeReview(int? PolicyVersion, int? CorrectPolicyVersion, string? Reason)
{
    public InputErrors Check() => new InputErrors()
        .Require(PolicyVersion is > 0, "policyVersion", "is required: the version of a fee policy")
        .Require(CorrectPolicyVersion is > 0, "correctPolicyVersion", "is required: the version of a fee policy")
        .Require(PolicyVersion is null || PolicyVersion != CorrectPolicyVersion, "correctPolicyVersion", "must be another policy")
        .Text(Reason, "reason");

    /// <param name="isPossible">Both policies exist.</param>
    /// <param name="claim">The operation that works on delivery fees at the moment.</param>
    public static Decision Decide(
        RequestFeeReview command, bool isPossible, OperationClaim? claim, string operationId, string actor, DateTimeOffset now) => claim switch
        {
            _ when !isPossible => Decision.Reject(ProblemTypes.RuleViolated, "There is no fee policy of this version."),
            not null => Decision.Reject(ProblemTypes.OperationRunning, "Delivery fees are being looked at already."),
            _ => Decision.Accept(new FeeReviewRequested(
                operationId, command.PolicyVersion!.Value, command.CorrectPolicyVersion!.Value, DryRunId: null, command.Reason!, actor, now)),
        };
}

public static class RequestFeeReviewEndpoint
{
    public static ProblemDetails Validate(RequestFeeReview command) => command.Check().ToProblem();

    /// <summary>
    /// Finds the orders whose delivery fee is wrong, by computing it again from what is stored beside it. Nothing is changed: the operation's
    /// report says which orders, and what it adds up to.
    /// </summary>
    [WolverinePost("/admin/corrections/delivery-fees"), Allow(Role.Operator)]
    [ProducesResponseType<OperationView>(StatusCodes.Status202Accepted), ProducesResponseType(StatusCodes.Status422UnprocessableEntity)]
    public static async Task<IResult> Post(
        RequestFeeReview command, IDeliveryFeeReview fees, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var claim = await session.LoadAsync<OperationClaim>(Operation.DeliveryFees, cancellation);
        var isPossible = fees.IsPossible(command.PolicyVersion!.Value, command.CorrectPolicyVersion!.Value);
        var decision = RequestFeeReview.Decide(
            command, isPossible, claim, Guid.CreateVersion7().ToString(), http.User.Subject(), time.BusinessNow());
        return decision.Problem is { } problem ? OperationStart.Refuse(problem, claim) : OperationStart.Begin(session, decision.Events[0]);
    }
}
