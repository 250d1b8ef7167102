namespace Monolith.Contracts.Shipping;

/// <summary>What other modules may ask of shipments.</summary>
public interface IShipments
{
    /// <summary>
    /// Whether the order's parcel has left the warehouse. Who holds the order's stream may rely on the answer until that transaction
    /// ends: a parcel leaves only under the same lock.
    /// </summary>
    Task<bool> HasLeft(string orderId, CancellationToken cancellation);
}

public enum ShipmentStatus
{
    Planned,
    Dispatched,
    Delivered,
    Cancelled,
}
