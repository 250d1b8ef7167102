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

/// <param name="DeliveredAt">When the parcel arrived; now, if the warehouse does not say.</param>
public sealed record DeliverShipment(DateTimeOffset? DeliveredAt = null)
{
    public InputErrors Check(Order? order, DateTimeOffset now) => new InputErrors()
        .Require(DeliveredAt is null || DeliveredAt <= now, "deliveredAt", "must not be in the future")
        .Require(DeliveredAt is null || !(DeliveredAt < order?.Shipment?.DispatchedAt), "deliveredAt", "must not be before the dispatch");

    public static Decision Decide(Order order, DeliverShipment command, DateTimeOffset now) => order.Status switch
    {
        OrderStatus.Shipped => Decision.Accept(
            new OrderDelivered(order.Id, order.Shipment!.ShipmentId, (command.DeliveredAt ?? now).ToMicroseconds())),
        _ => Decision.Reject(ProblemTypes.StateConflict, "The shipment was delivered before."),
    };
}

public static class DeliverShipmentEndpoint
{
    private static readonly DeliverShipment Now = new();

    public static async Task<OrderInHand> LoadAsync(string id, IDocumentSession session, CancellationToken cancellation) =>
        await session.Query<Order>().Where(o => o.Shipment!.ShipmentId == id).Select(o => o.Id).FirstOrDefaultAsync(cancellation) is { } orderId
            ? await OrderInHand.Load(orderId, session, cancellation)
            : new OrderInHand(Stream: null, Generation: 0);

    public static ProblemDetails Validate(DeliverShipment? command, OrderInHand order, HttpContext http, TimeProvider time) =>
        order.Check(http, (command ?? Now).Check(order.Stream?.Aggregate, time.BusinessNow()));

    /// <summary>Records that the parcel arrived.</summary>
    [WolverinePost("/v1/shipments/{id}/delivery"), Allow(Role.Warehouse)]
    [ProducesResponseType<ShipmentView>(StatusCodes.Status200OK)]
    public static IResult Post(DeliverShipment? command, OrderInHand order, TimeProvider time) => order.Carry(
        DeliverShipment.Decide(order.State, command ?? Now, time.BusinessNow()),
        (delivered, tag) => CommandReply.Ok(ShipmentView.Of(delivered), tag));
}
