using Monolith.Contracts.Shipping;

namespace Monolith.Shipping.Viewing;

/// <summary>The shipment of an order, as the API shows it. Carrier and times are null until they are known.</summary>
public sealed record ShipmentView(
    string ShipmentId, string OrderId, ShipmentStatus Status, string? Carrier, string? TrackingNumber,
    DateTimeOffset? DispatchedAt, DateTimeOffset? DeliveredAt, long Version)
{
    public static string PathOf(Shipment shipment) => $"/v1/shipments/{shipment.Id}";

    public static ShipmentView Of(Shipment s) =>
        new(s.Id, s.OrderId, s.Status, s.Carrier, s.TrackingNumber, s.DispatchedAt, s.DeliveredAt, s.EventsFolded);
}
