namespace Monolith.Ordering.Shipping;

/// <summary>The shipment of an order, as the API shows it.</summary>
public sealed record ShipmentView(
    string ShipmentId, string OrderId, ShipmentStatus Status, string Carrier, string TrackingNumber,
    DateTimeOffset DispatchedAt, DateTimeOffset? DeliveredAt, long Version)
{
    public static string PathOf(Order order) => $"/v1/shipments/{order.Shipment!.ShipmentId}";

    public static ShipmentView Of(Order order) => order.Shipment is { } s
        ? new(s.ShipmentId, order.Id, s.Status, s.Carrier, s.TrackingNumber, s.DispatchedAt, s.DeliveredAt, order.EventsFolded)
        : throw new ArgumentException($"Order {order.Id} has no shipment.", nameof(order));
}
