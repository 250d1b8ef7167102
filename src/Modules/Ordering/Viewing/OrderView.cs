using System.Security.Claims;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;
using Monolith.Kernel.Access;

namespace Monolith.Ordering.Viewing;

/// <summary>An order as the API shows it.</summary>
public sealed record OrderView(
    string Id,
    string CustomerId,
    OrderStatus Status,
    string Currency,
    IReadOnlyList<OrderLineView> Lines,
    int Items,
    decimal ItemsTotal,
    decimal DeliveryFee,
    int FeePolicyVersion,
    decimal Total,
    Recipient DeliverTo,
    DeliveryService DeliveryService,
    OrderPaymentView Payment,
    OrderShipmentView? Shipment,
    DateTimeOffset PlacedAt,
    DateTimeOffset UpdatedAt,
    string? CancelReason,
    long Version,
    long EventsReplayed)
{
    /// <param name="reader">Decides whether personal data is shown or masked.</param>
    public static OrderView Of(Order order, ClaimsPrincipal reader) => new(
        order.Id,
        order.CustomerId,
        order.Status,
        order.Currency,
        [.. order.Lines.Select(l => new OrderLineView(l.Sku, l.Name, l.Quantity, l.UnitPrice, l.LineTotal))],
        order.Lines.Sum(l => l.Quantity),
        order.ItemsTotal,
        order.Delivery.Fee,
        order.Delivery.PolicyVersion,
        order.Total,
        reader.MaySeePersonalData() ? order.DeliverTo : Masked(order.DeliverTo),
        order.DeliveryService,
        new OrderPaymentView(order.Payment.Status, order.Payment.Due, order.Payment.Paid, order.Payment.Refunded, order.Payment.PaymentId),
        order.Shipment is { } s ? new OrderShipmentView(s.Status, s.Carrier, s.TrackingNumber, s.ShipmentId) : null,
        order.PlacedAt,
        order.UpdatedAt,
        order.CancelReason,
        order.EventsFolded,
        order.EventsFolded);

    /// <summary>The country stays: it explains the fee and names nobody.</summary>
    public static Recipient Masked(Recipient recipient) => new(Mask.Text, Mask.Text, Mask.Text, Mask.Text, recipient.Country);
}

public sealed record OrderLineView(string Sku, string Name, int Quantity, decimal UnitPrice, decimal LineTotal);

public sealed record OrderPaymentView(PaymentStatus Status, decimal Due, decimal Paid, decimal Refunded, string? PaymentId);

public sealed record OrderShipmentView(ShipmentStatus Status, string Carrier, string TrackingNumber, string ShipmentId);
