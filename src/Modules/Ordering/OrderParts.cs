using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;

namespace Monolith.Ordering;

/// <summary>The money side of an order; amounts are in the order's currency.</summary>
/// <param name="FailedAt">When the last attempt to pay failed.</param>
public sealed record OrderPayment(
    PaymentStatus Status, decimal Due, decimal Paid, decimal Refunded, string? PaymentId, DateTimeOffset? FailedAt)
{
    public static readonly OrderPayment None = new(PaymentStatus.None, Due: 0, Paid: 0, Refunded: 0, PaymentId: null, FailedAt: null);

    public OrderPayment With(PaymentRequested e) => this with { Status = PaymentStatus.Pending, Due = e.Due, PaymentId = e.PaymentId };

    public OrderPayment With(PaymentFailed e) => this with { Status = PaymentStatus.Failed, FailedAt = e.FailedAt };

    public OrderPayment With(PaymentReceived e) =>
        this with { Status = PaymentStatus.Received, Due = e.Amount, Paid = Paid + e.Amount, PaymentId = e.PaymentId };

    public OrderPayment With(RefundConfirmed e) => this with { Status = PaymentStatus.Refunded, Refunded = Refunded + e.Amount };

    /// <summary>Nobody is asked for money any more; what came in is another matter.</summary>
    public OrderPayment Closed() => Status is PaymentStatus.Pending or PaymentStatus.Failed ? this with { Status = PaymentStatus.None } : this;
}

/// <summary>The parcel of an order.</summary>
public sealed record OrderShipment(
    string ShipmentId, ShipmentStatus Status, string Carrier, string TrackingNumber, DateTimeOffset DispatchedAt, DateTimeOffset? DeliveredAt)
{
    public static OrderShipment Of(OrderShipped e) =>
        new(e.ShipmentId, ShipmentStatus.Dispatched, e.Carrier, e.TrackingNumber, e.ShippedAt, DeliveredAt: null);

    public OrderShipment With(OrderDelivered e) => this with { Status = ShipmentStatus.Delivered, DeliveredAt = e.DeliveredAt };
}
