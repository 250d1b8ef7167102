using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Ordering.Shipping;

public static class GetShipmentEndpoint
{
    [WolverineGet("/v1/shipments/{id}"), AllowStaffAnd]
    [ProducesResponseType<ShipmentView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string id, IQuerySession session, CancellationToken cancellation) =>
        await session.Query<Order>().FirstOrDefaultAsync(o => o.Shipment!.ShipmentId == id, cancellation) is { } order
            ? new Representation(
                ShipmentView.Of(order),
                new EntityTag(order.EventsFolded, await ProjectionGeneration.Load(session, OrderProjection.ProjectionName, cancellation)))
            : Results.Problem(ProblemTypes.NotFound.With("There is no such shipment."));
}
