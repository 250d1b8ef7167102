using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Shipping;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Monolith.Shipping.Viewing;
using Wolverine;
using Wolverine.Http;

namespace Monolith.Shipping.Dispatching;

public sealed record DispatchShipment(string? Carrier, string? TrackingNumber)
{
    public InputErrors Check() => new InputErrors().Text(Carrier, "carrier").Text(TrackingNumber, "trackingNumber");

    /// <param name="shipment">Null before the order can be shipped.</param>
    /// <param name="orderWaits">The order is paid and has not been cancelled, and cannot be while this is decided.</param>
    public static Decision Decide(Shipment? shipment, bool orderWaits, DispatchShipment command, DateTimeOffset now) => shipment switch
    {
        { Status: ShipmentStatus.Planned } when orderWaits => Decision.Announce(
            new ShipmentDispatched(shipment.Id, shipment.OrderId, command.Carrier!, command.TrackingNumber!, now)),
        _ => Decision.Reject(ProblemTypes.StateConflict, "Only a paid order that has not been shipped can be shipped."),
    };
}

public static class DispatchShipmentEndpoint
{
    /// <summary>Holds the order: a cancellation comes before, and is seen, or after, and sees that the parcel has left.</summary>
    public static async Task<(OrderStanding?, StreamInHand<Shipment>)> LoadAsync(
        string id, IOrders orders, IDocumentSession session, CancellationToken cancellation)
    {
        await session.Lock([id], cancellation);
        var order = await orders.Find(id, cancellation);
        var shipmentId = await session.Query<Shipment>().Where(s => s.OrderId == id).Select(s => s.Id).FirstOrDefaultAsync(cancellation);
        return (
            order,
            shipmentId is null
                ? StreamInHand.Missing<Shipment>()
                : await StreamInHand.Load<Shipment>(shipmentId, ShipmentProjection.ProjectionName, session, cancellation));
    }

    public static ProblemDetails Validate(DispatchShipment command, OrderStanding? order, HttpContext http) => (command.Check(), order) switch
    {
        ({ Any: true } errors, _) => errors.ToProblem(),
        (_, null) => ProblemTypes.NotFound.With("There is no such order."),
        _ => new EntityTag(order.Version, order.Generation).Precondition(http.Request, "order") ?? WolverineContinue.NoProblems,
    };

    /// <summary>Records that a paid order left the warehouse. From here on it cannot be cancelled.</summary>
    [WolverinePost("/v1/orders/{id}/shipment"), Allow(Role.Warehouse)]
    [ProducesResponseType<ShipmentView>(StatusCodes.Status201Created)]
    public static (IResult, OutgoingMessages) Post(
        DispatchShipment command, OrderStanding? order, StreamInHand<Shipment> shipment, TimeProvider time) => shipment.Carry(
        DispatchShipment.Decide(shipment.Found, order!.WaitsForShipment, command, time.BusinessNow()),
        (dispatched, tag) => CommandReply.Created(ShipmentView.PathOf(dispatched), ShipmentView.Of(dispatched), tag));
}
