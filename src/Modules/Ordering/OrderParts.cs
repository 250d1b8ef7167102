using Monolith.Contracts.Ordering;

namespace Monolith.Ordering;

public enum PaymentStatus
{
    None,
    Pending,
    Received,
    Failed,
    RefundPending,
    Refunded,
    RefundFailed,
}

/// <summary>The money side of an order; amounts are in the order's currency.</summary>
public sealed record OrderPayment(
    PaymentStatus Status, decimal Due, decimal Paid, decimal Refunded, string? PaymentId, string? Reference)
{
    public static readonly OrderPayment None = new(PaymentStatus.None, 0, 0, 0, PaymentId: null, Reference: null);

    public static OrderPayment Requested(PaymentRequested e) => None with { Status = PaymentStatus.Pending, Due = e.Due, PaymentId = e.PaymentId };

    public OrderPayment With(PaymentReceived e) =>
        this with { Status = PaymentStatus.Received, Paid = Paid + e.Amount, Reference = e.Reference };
}

public enum ShipmentStatus
{
    Dispatched,
    Delivered,
}

/// <summary>The parcel of an order.</summary>
public sealed record OrderShipment(
    string ShipmentId, ShipmentStatus Status, string Carrier, string TrackingNumber, DateTimeOffset DispatchedAt, DateTimeOffset? DeliveredAt)
{
    public static OrderShipment Of(OrderShipped e) =>
        new(e.ShipmentId, ShipmentStatus.Dispatched, e.Carrier, e.TrackingNumber, e.ShippedAt, DeliveredAt: null);

    public OrderShipment With(OrderDelivered e) => this with { Status = ShipmentStatus.Delivered, DeliveredAt = e.DeliveredAt };
}
