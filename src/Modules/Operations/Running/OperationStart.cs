using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Operations.Following;

namespace Monolith.Operations.Running;

/// <summary>How a request for an operation is answered; one at a time works on a target, in the whole cluster.</summary>
internal static class OperationStart
{
    /// <param name="requested">The first event of the operation.</param>
    public static IResult Begin(IDocumentSession session, object requested)
    {
        var operation = Operation.Fold(null, requested)!;
        // Of two at the same time one loses at the claim's primary key; run again, it finds the claim of the other.
        session.Insert(new OperationClaim(operation.Target, operation.PublicId, operation.Kind));
        session.Events.StartStream<Operation>(operation.Id, requested);
        return CommandReply.Accepted(AddressOf(operation.PublicId), OperationView.Of(operation, progress: null));
    }

    /// <param name="claim">What works on the target at the moment; the client is told where to follow it.</param>
    public static IResult Refuse(ProblemDetails problem, OperationClaim? claim = null)
    {
        if (problem.Type == ProblemTypes.OperationRunning.Uri)
        {
            problem.Extensions["operation"] = AddressOf(claim!.OperationId);
        }

        return Results.Problem(problem);
    }

    private static string AddressOf(string operationId) => $"/admin/operations/{operationId}";
}
