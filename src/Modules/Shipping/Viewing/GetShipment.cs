using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Shipping.Viewing;

public static class GetShipmentEndpoint
{
    [WolverineGet("/v1/shipments/{id}"), AllowStaffAnd]
    [ProducesResponseType<ShipmentView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string id, IQuerySession session, CancellationToken cancellation)
    {
        var generation = await ProjectionGeneration.Load(session, ShipmentProjection.ProjectionName, cancellation);
        return await session.LoadAsync<Shipment>(id, cancellation) is { } shipment
            ? new Representation(ShipmentView.Of(shipment), new EntityTag(shipment.EventsFolded, generation))
            : Results.Problem(ProblemTypes.NotFound.With("There is no such shipment."));
    }
}
