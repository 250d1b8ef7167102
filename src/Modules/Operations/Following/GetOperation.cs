using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Operations.Following;

public static class GetOperationEndpoint
{
    /// <summary>How far an operation is. The percentage is 100 exactly when it has succeeded.</summary>
    [WolverineGet("/admin/operations/{id}"), AllowStaffAnd]
    [ProducesResponseType<OperationView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string id, IQuerySession session, CancellationToken cancellation)
    {
        var batch = session.CreateBatchQuery();
        var operation = batch.Load<Operation>(Operation.StreamOf(id));
        var progress = batch.Load<OperationProgress>(id);
        await batch.Execute(cancellation);

        return await operation is { } found
            ? Results.Json(OperationView.Of(found, await progress))
            : Results.Problem(ProblemTypes.NotFound.With("There is no such operation."));
    }
}
