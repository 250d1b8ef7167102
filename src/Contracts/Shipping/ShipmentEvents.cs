using Monolith.Contracts.Ordering;

namespace Monolith.Contracts.Shipping;

/// <summary>The order can be shipped.</summary>
/// <param name="Country">ISO 3166-1 alpha-2. The rest of the address stays with the order, where personal data is kept.</param>
public sealed record ShipmentPlanned(
    string ShipmentId, string OrderId, string Country, DeliveryService Service, decimal WeightKg, DateTimeOffset PlannedAt);

/// <summary>The parcel left the warehouse.</summary>
public sealed record ShipmentDispatched(string ShipmentId, string OrderId, string Carrier, string TrackingNumber, DateTimeOffset DispatchedAt);

/// <summary>The parcel arrived.</summary>
public sealed record ShipmentDelivered(string ShipmentId, string OrderId, DateTimeOffset DeliveredAt);

/// <summary>The order is not to be shipped any more.</summary>
public sealed record ShipmentCancelled(string ShipmentId, string OrderId, DateTimeOffset CancelledAt);
