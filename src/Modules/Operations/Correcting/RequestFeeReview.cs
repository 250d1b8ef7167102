using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Operations;
using Monolith.Contracts.Ordering;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Monolith.Operations.Following;
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
    public static async Task<(IResult, RunFeeReview?)> Post(
        RequestFeeReview command, IDeliveryFeeReview fees, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation) =>
        fees.IsPossible(command.PolicyVersion!.Value, command.CorrectPolicyVersion!.Value)
            ? await FeeOperation.Begin(
                new FeeReviewRequested(
                    Guid.CreateVersion7().ToString(), command.PolicyVersion.Value, command.CorrectPolicyVersion.Value, DryRunId: null, command.Reason!,
                    http.User.Subject(), time.BusinessNow()),
                session,
                cancellation)
            : (Results.Problem(ProblemTypes.RuleViolated.With("There is no fee policy of this version.")), null);
}
