using JasperFx.Events;
using Marten.Events.Aggregation;
using Monolith.Contracts.Ordering;

namespace Monolith.Ordering;

/// <summary>The write model: what decisions about an order need to know. It never leaves the process.</summary>
/// <param name="Id">UUIDv7 as text; also the id of the order's stream.</param>
/// <param name="EventsFolded">How many events led here, which is the version of the stream.</param>
public sealed record Order(
    string Id,
    string CustomerId,
    OrderStatus Status,
    string Currency,
    IReadOnlyList<OrderLine> Lines,
    Recipient DeliverTo,
    DeliveryService DeliveryService,
    DeliveryCharge Delivery,
    decimal ItemsTotal,
    decimal Total,
    OrderPayment Payment,
    OrderShipment? Shipment,
    DateTimeOffset PlacedAt,
    DateTimeOffset UpdatedAt,
    string? CancelReason,
    long EventsFolded)
{
    private static Order Of(OrderPlaced e) => new(
        e.OrderId, e.CustomerId, OrderStatus.Placed, e.Currency, e.Lines, e.DeliverTo, e.DeliveryService, e.Delivery, e.ItemsTotal, e.Total,
        OrderPayment.None, Shipment: null, e.PlacedAt, e.PlacedAt, CancelReason: null, EventsFolded: 1);

    /// <summary>The order after one more event. Nothing exists before <see cref="OrderPlaced"/>.</summary>
    public static Order? Fold(Order? order, object e) => (order, e) switch
    {
        (_, OrderPlaced placed) => Of(placed),
        (null, _) => null,
        (_, PaymentRequested requested) => order.After(e, requested.RequestedAt, OrderPayment.Requested(requested)),
        (_, PaymentReceived received) => order.After(e, received.ReceivedAt, order.Payment.With(received)),
        (_, RefundRequested refund) => order.After(e, refund.RequestedAt, order.Payment with { Status = PaymentStatus.RefundPending }),
        (_, OrderShipped shipped) => order.After(e, shipped.ShippedAt) with { Shipment = OrderShipment.Of(shipped) },
        (_, OrderDelivered delivered) => order.After(e, delivered.DeliveredAt) with { Shipment = order.Shipment?.With(delivered) },
        (_, OrderCancelled cancelled) => order.After(e, cancelled.CancelledAt) with { CancelReason = cancelled.Reason },
        _ => order with { EventsFolded = order.EventsFolded + 1 },
    };

    public static Order? Fold(Order? order, IEnumerable<object> events) => events.Aggregate(order, Fold);

    private Order After(object e, DateTimeOffset at, OrderPayment? payment = null) => this with
    {
        Status = OrderStatuses.After(Status, e),
        Payment = payment ?? Payment,
        UpdatedAt = at,
        EventsFolded = EventsFolded + 1,
    };
}

/// <summary>Keeps the snapshot of every order, in the transaction of its events.</summary>
public sealed class OrderProjection : SingleStreamProjection<Order, string>
{
    public const string ProjectionName = "Order";

    public OrderProjection()
    {
        Name = ProjectionName;
        foreach (var type in OrderEvents.Types)
        {
            IncludeType(type);
        }
    }

    public override Order? Evolve(Order? snapshot, string id, IEvent e) => Order.Fold(snapshot, e.Data);
}
