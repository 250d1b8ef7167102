using Marten;
using Microsoft.AspNetCore.Http;
using Monolith.Contracts.Operations;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Operations.Following;

namespace Monolith.Operations.Correcting;

/// <summary>Begins an operation on delivery fees; one at a time, in the whole cluster.</summary>
internal static class FeeOperation
{
    public static async Task<(IResult, RunFeeReview?)> Begin(FeeReviewRequested requested, IDocumentSession session, CancellationToken cancellation)
    {
        if (await session.LoadAsync<OperationClaim>(Operation.DeliveryFees, cancellation) is { } claim)
        {
            var problem = ProblemTypes.OperationRunning.With("Delivery fees are being looked at already.");
            problem.Extensions["operation"] = AddressOf(claim.OperationId);
            return (Results.Problem(problem), null);
        }

        // Of two at the same time one loses at the claim's primary key; run again, it finds the claim of the other.
        session.Insert(new OperationClaim(Operation.DeliveryFees, requested.OperationId));
        session.Events.StartStream<Operation>(Operation.StreamOf(requested.OperationId), requested);
        var operation = Operation.Fold(null, requested)!;
        return (CommandReply.Accepted(AddressOf(requested.OperationId), OperationView.Of(operation, progress: null)), new RunFeeReview(requested.OperationId));
    }

    private static string AddressOf(string operationId) => $"/admin/operations/{operationId}";
}
