using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Shipping;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Shipping.Viewing;
using Wolverine;
using Wolverine.Http;

namespace Monolith.Shipping.Delivering;

/// <param name="DeliveredAt">When the parcel arrived; now, if the warehouse does not say.</param>
public sealed record DeliverShipment(DateTimeOffset? DeliveredAt = null)
{
    public InputErrors Check(Shipment? shipment, DateTimeOffset now) => new InputErrors()
        .Require(DeliveredAt is null || DeliveredAt <= now, "deliveredAt", "must not be in the future")
        .Require(DeliveredAt is null || !(DeliveredAt < shipment?.DispatchedAt), "deliveredAt", "must not be before the dispatch");

    public static Decision Decide(Shipment shipment, DeliverShipment command, DateTimeOffset now) => shipment.Status switch
    {
        ShipmentStatus.Dispatched => Decision.Announce(
            new ShipmentDelivered(shipment.Id, shipment.OrderId, (command.DeliveredAt ?? now).ToMicroseconds())),
        ShipmentStatus.Delivered => Decision.Reject(ProblemTypes.StateConflict, "The shipment was delivered before."),
        _ => Decision.Reject(ProblemTypes.StateConflict, "The shipment has not left the warehouse."),
    };
}

public static class DeliverShipmentEndpoint
{
    private static readonly DeliverShipment Now = new();

    public static Task<StreamInHand<Shipment>> LoadAsync(string id, IDocumentSession session, CancellationToken cancellation) =>
        StreamInHand.Load<Shipment>(id, ShipmentProjection.ProjectionName, session, cancellation);

    public static ProblemDetails Validate(DeliverShipment? command, StreamInHand<Shipment> shipment, HttpContext http, TimeProvider time) =>
        shipment.Check(http, (command ?? Now).Check(shipment.Found, time.BusinessNow()));

    /// <summary>Records that the parcel arrived.</summary>
    [WolverinePost("/v1/shipments/{id}/delivery"), Allow(Role.Warehouse)]
    [ProducesResponseType<ShipmentView>(StatusCodes.Status200OK)]
    public static (IResult, OutgoingMessages) Post(DeliverShipment? command, StreamInHand<Shipment> shipment, TimeProvider time) => shipment.Carry(
        DeliverShipment.Decide(shipment.State, command ?? Now, time.BusinessNow()),
        (delivered, tag) => CommandReply.Ok(ShipmentView.Of(delivered), tag));
}
