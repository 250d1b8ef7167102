namespace Monolith.Contracts.Ordering;

/// <summary>The order is paid and can be shipped.</summary>
public sealed record ShipmentRequested(string OrderId, string ShipmentId, DateTimeOffset RequestedAt);

/// <summary>The goods left the warehouse. From here on the order cannot be cancelled.</summary>
public sealed record OrderShipped(
    string OrderId, string ShipmentId, string Carrier, string TrackingNumber, DateTimeOffset ShippedAt);

/// <summary>The goods arrived.</summary>
public sealed record OrderDelivered(string OrderId, string ShipmentId, DateTimeOffset DeliveredAt);
