using Monolith.Contracts.Ordering;

namespace Monolith.Contracts.Shipping;

/// <summary>Make the order ready to be shipped. Answered with <see cref="ShipmentPlanned"/>.</summary>
public sealed record PlanShipment(string OrderId, string ShipmentId, string Country, DeliveryService Service, decimal WeightKg);

/// <summary>The order is not to be shipped any more.</summary>
public sealed record CancelShipment(string OrderId, string ShipmentId);
