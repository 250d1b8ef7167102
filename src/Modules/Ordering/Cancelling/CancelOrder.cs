using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Inventory;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Ordering.Fulfilment;
using Monolith.Ordering.Viewing;
using Wolverine;
using Wolverine.Http;

namespace Monolith.Ordering.Cancelling;

public sealed record CancelOrder(string? Reason)
{
    public InputErrors Check() => new InputErrors().Text(Reason, "reason");

    /// <summary>Until it is shipped, an order can be cancelled; money that came in goes back. A second cancellation changes nothing.</summary>
    /// <param name="hasLeft">Its parcel has left, whether or not the order has heard of it.</param>
    public static Decision Decide(Order order, CancelOrder command, bool hasLeft, DateTimeOffset now) => order switch
    {
        { IsCancelled: true } => Decision.Nothing,
        _ when hasLeft || order.Status is OrderStatus.Shipped or OrderStatus.Delivered =>
            Decision.Reject(ProblemTypes.StateConflict, "The order has left the warehouse."),
        _ => Refunds.Balance(
            order, Decision.Accept(new OrderCancelled(order.Id, CancellationCause.Customer, command.Reason, now)).Sending([.. Undo(order)]), command.Reason!, now),
    };

    /// <summary>Takes back exactly what was confirmed, beside the money. What is confirmed later is taken back then.</summary>
    private static IEnumerable<object> Undo(Order order) =>
    [
        .. order.StockReserved ? [new ReleaseStock(order.Id)] : (object[])[],
        .. order.Payment is { PaymentId: { } payment, Paid: 0 } ? [new CancelPayment(order.Id, payment)] : (object[])[],
        .. order.ShipmentId is { } shipment ? [new CancelShipment(order.Id, shipment)] : (object[])[],
    ];
}

public static class CancelOrderEndpoint
{
    /// <summary>Holds the order: no parcel leaves while this is decided.</summary>
    public static async Task<StreamInHand<Order>> LoadAsync(string id, IDocumentSession session, CancellationToken cancellation)
    {
        await session.Lock([id], cancellation);
        return await StreamInHand.Load<Order>(id, OrderProjection.ProjectionName, session, cancellation);
    }

    public static ProblemDetails Validate(CancelOrder command, StreamInHand<Order> order, HttpContext http) =>
        order.Check(http, command.Check(), mayKnow: o => http.User.MaySee(o.CustomerId)) switch
        {
            var problem when problem != WolverineContinue.NoProblems => problem,
            _ when !http.User.MayActFor(order.State.CustomerId) => ProblemTypes.Forbidden.With("Customers cancel their own orders only."),
            _ => WolverineContinue.NoProblems,
        };

    /// <summary>Until it is shipped, an order can be cancelled; money that came in goes back. A second cancellation changes nothing.</summary>
    [WolverinePost("/v1/orders/{id}/cancellation"), Allow(Role.Customer, Role.Support)]
    [ProducesResponseType<OrderView>(StatusCodes.Status200OK)]
    public static async Task<(IResult, OutgoingMessages)> Post(
        CancelOrder command, StreamInHand<Order> order, IShipments shipments, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var hasLeft = order.State is { ShipmentId: not null, IsCancelled: false } && await shipments.HasLeft(order.State.Id, cancellation);
        return order.Carry(
            CancelOrder.Decide(order.State, command, hasLeft, time.BusinessNow()),
            (cancelled, tag) => CommandReply.Ok(OrderView.Of(cancelled, http.User), tag));
    }
}
