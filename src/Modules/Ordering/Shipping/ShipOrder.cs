using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Ordering;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Ordering.Shipping;

public sealed record ShipOrder(string? Carrier, string? TrackingNumber)
{
    public InputErrors Check() => new InputErrors().Text(Carrier, "carrier").Text(TrackingNumber, "trackingNumber");

    public static Decision Decide(Order order, ShipOrder command, string shipmentId, DateTimeOffset now) => order.Status switch
    {
        OrderStatus.Paid => Decision.Accept(new OrderShipped(order.Id, shipmentId, command.Carrier!, command.TrackingNumber!, now)),
        _ => Decision.Reject(ProblemTypes.StateConflict, "Only a paid order that has not been shipped can be shipped."),
    };
}

public static class ShipOrderEndpoint
{
    public static Task<OrderInHand> LoadAsync(string id, IDocumentSession session, CancellationToken cancellation) =>
        OrderInHand.Load(id, session, cancellation);

    public static ProblemDetails Validate(ShipOrder command, OrderInHand order, HttpContext http) => order.Check(http, command.Check());

    /// <summary>Records that a paid order left the warehouse. From here on it cannot be cancelled.</summary>
    [WolverinePost("/v1/orders/{id}/shipment"), Allow(Role.Warehouse)]
    [ProducesResponseType<ShipmentView>(StatusCodes.Status201Created)]
    public static IResult Post(ShipOrder command, OrderInHand order, TimeProvider time) => order.Carry(
        ShipOrder.Decide(order.State, command, Guid.CreateVersion7().ToString(), time.BusinessNow()),
        (shipped, tag) => CommandReply.Created(ShipmentView.PathOf(shipped), ShipmentView.Of(shipped), tag));
}
