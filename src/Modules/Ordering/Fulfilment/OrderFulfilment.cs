using Monolith.Contracts.Inventory;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;
using Monolith.Kernel.Commands;

namespace Monolith.Ordering.Fulfilment;

/// <summary>
/// The process from the placed order to the delivered one. Its state is the order's: each step waits for the confirmation of another
/// module, records it, and asks for the next one. A confirmation may come twice, late, or before another one that it follows; what comes
/// for a cancelled order is undone, so a cancellation need undo only what was confirmed before it.
/// </summary>
public static class OrderFulfilment
{
    /// <summary>What a placed order asks for first.</summary>
    public static ReserveStock Begin(OrderPlaced placed) => new(placed.OrderId, [.. placed.Lines.Select(line => new StockLine(line.Sku, line.Quantity))]);

    public static Decision Decide(Order order, ReservationMade _, string paymentId, DateTimeOffset now) => order switch
    {
        { IsCancelled: true } => Decision.Send(new ReleaseStock(order.Id)),
        { StockReserved: true } => Decision.Nothing,
        _ => Decision.Accept(new StockReserved(order.Id, now))
            .Sending(new OpenPayment(order.Id, paymentId, order.CustomerId, order.Total, order.Currency)),
    };

    public static Decision Decide(Order order, OutOfStock _, DateTimeOffset now) => order switch
    {
        { Status: OrderStatus.Placed, StockReserved: false } => Decision.Accept(new OrderCancelled(order.Id, CancellationCause.OutOfStock, Words: null, now)),
        _ => Decision.Nothing,
    };

    public static Decision Decide(Order order, PaymentOpened opened, DateTimeOffset now) => order switch
    {
        { IsCancelled: true, IsPaid: false } => Decision.Send(new CancelPayment(order.Id, opened.PaymentId)),
        { IsCancelled: true } => Decision.Nothing,
        // The price was corrected while the payment was being opened.
        _ when opened.Due != order.Total => Decision.Accept(Requested(order, opened.PaymentId, now))
            .Sending(new AmendPayment(order.Id, opened.PaymentId, order.Total, order.Corrections)),
        _ => Decision.Accept(Requested(order, opened.PaymentId, now)),
    };

    public static Decision Decide(Order order, PaymentDeclined declined, DateTimeOffset now) => order switch
    {
        { IsCancelled: true } or { IsPaid: true } => Decision.Nothing,
        _ when order.Payment.FailedAt >= declined.DeclinedAt => Decision.Nothing,
        _ => Decision.Accept([
            .. Requested(order, declined.PaymentId, now), new PaymentFailed(order.Id, declined.PaymentId, declined.Reference, declined.DeclinedAt)]),
    };

    /// <summary>Money for a cancelled order goes back, and what is more than a corrected price.</summary>
    public static Decision Decide(Order order, PaymentSettled settled, string shipmentId, DateTimeOffset now)
    {
        var received = new PaymentReceived(order.Id, settled.PaymentId, settled.Amount, settled.Currency, settled.Reference, settled.SettledAt);
        return order switch
        {
            _ when order.Payment.Knows(settled.Reference, settled.SettledAt) => Decision.Nothing,
            { IsCancelled: true } => Refunds.Balance(order, Decision.Accept(received), order.CancelReason!, now),
            { IsPaid: true } => Refunds.Balance(order, Decision.Accept(received), Refunds.TooMuch, now),
            _ => Refunds.Balance(
                order,
                Decision.Accept([.. Requested(order, settled.PaymentId, now), received])
                    .Sending(new PlanShipment(order.Id, shipmentId, order.DeliverTo.Country, order.DeliveryService, order.Delivery.WeightKg)),
                Refunds.TooMuch,
                now),
        };
    }

    public static Decision Decide(Order order, PaymentExpired _, DateTimeOffset now) => order switch
    {
        { IsCancelled: true } or { IsPaid: true } => Decision.Nothing,
        _ => Decision.Accept(new OrderCancelled(order.Id, CancellationCause.PaymentOverdue, Words: null, now)).Sending(new ReleaseStock(order.Id)),
    };

    public static Decision Decide(Order order, ShipmentPlanned planned, DateTimeOffset now) => order switch
    {
        { IsCancelled: true } => Decision.Send(new CancelShipment(order.Id, planned.ShipmentId)),
        { IsPaid: false } or { ShipmentId: not null } => Decision.Nothing,
        _ => Decision.Accept(new ShipmentRequested(order.Id, planned.ShipmentId, now)),
    };

    public static Decision Decide(Order order, ShipmentDispatched e) => order switch
    {
        { IsPaid: true, Status: OrderStatus.AwaitingPayment or OrderStatus.Paid } => Decision.Accept([
            .. order.ShipmentId is null ? [new ShipmentRequested(order.Id, e.ShipmentId, e.DispatchedAt)] : (object[])[],
            new OrderShipped(order.Id, e.ShipmentId, e.Carrier, e.TrackingNumber, e.DispatchedAt)]).Sending(new ShipStock(order.Id)),
        _ => Decision.Nothing,
    };

    public static Decision Decide(Order order, ShipmentDelivered e) => order.Status == OrderStatus.Shipped
        ? Decision.Accept(new OrderDelivered(order.Id, e.ShipmentId, e.DeliveredAt))
        : Decision.Nothing;

    /// <summary>The news that the parcel has left is still on its way.</summary>
    public static bool IsEarly(Order order, ShipmentDelivered _) => order.Status is OrderStatus.AwaitingPayment or OrderStatus.Paid;

    public static Decision Decide(Order order, RefundSettled e) =>
        order.Payment.Refunded + e.Amount <= order.Payment.RefundsAsked.Sum() && !order.Payment.Knows(e.Reference, e.SettledAt)
        ? Decision.Accept(new RefundConfirmed(order.Id, e.PaymentId, e.Amount, e.Currency, e.Reference, e.SettledAt))
        : Decision.Nothing;

    public static Decision Decide(Order order, RefundDeclined e) =>
        order.Payment.Status == PaymentStatus.RefundPending && !order.Payment.RefundsDeclined.Contains(new MoneyMove(e.Reference, e.DeclinedAt))
        ? Decision.Accept(new RefundFailed(order.Id, e.PaymentId, e.Amount, e.Currency, e.Reference, e.DeclinedAt))
        : Decision.Nothing;

    /// <summary>The payment can be made, which what happened to it says too, should it be heard of first.</summary>
    private static IReadOnlyList<object> Requested(Order order, string paymentId, DateTimeOffset now) => order.Payment.PaymentId is null
        ? [new PaymentRequested(order.Id, paymentId, order.Total, order.Currency, now)]
        : [];
}
