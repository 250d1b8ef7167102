using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Ordering.Viewing;

public static class GetOrderEndpoint
{
    /// <summary>The order as it is now. Names and addresses are masked for those who do not serve the customer.</summary>
    [WolverineGet("/v1/orders/{id}"), AllowStaffAnd(Role.Customer)]
    [ProducesResponseType<OrderView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string id, IQuerySession session, HttpContext http, CancellationToken cancellation)
    {
        var batch = session.CreateBatchQuery();
        var snapshot = batch.Load<Order>(id);
        var generation = ProjectionGeneration.Load(batch, OrderProjection.ProjectionName);
        await batch.Execute(cancellation);

        return await snapshot is { } order && http.User.MaySee(order.CustomerId)
            ? new Representation(OrderView.Of(order, http.User), new EntityTag(order.EventsFolded, await generation))
            : Results.Problem(ProblemTypes.NotFound.With("There is no such order."));
    }
}
