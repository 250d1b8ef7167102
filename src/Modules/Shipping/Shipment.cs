using Monolith.Contracts.Shipping;
using Monolith.Kernel.Folding;

namespace Monolith.Shipping;

/// <summary>The parcel of one order: what decisions about it need to know.</summary>
/// <param name="Id">UUIDv7 as text; also the id of its stream.</param>
/// <param name="EventsFolded">How many events led here, which is the version of the stream.</param>
public sealed record Shipment(
    string Id,
    string OrderId,
    ShipmentStatus Status,
    string? Carrier,
    string? TrackingNumber,
    DateTimeOffset? DispatchedAt,
    DateTimeOffset? DeliveredAt,
    long EventsFolded) : IFolded<Shipment>
{
    public bool HasLeft => Status is ShipmentStatus.Dispatched or ShipmentStatus.Delivered;

    public static Shipment? Fold(Shipment? state, object e) => (state, e) switch
    {
        (_, ShipmentPlanned p) => new Shipment(
            p.ShipmentId, p.OrderId, ShipmentStatus.Planned, Carrier: null, TrackingNumber: null, DispatchedAt: null, DeliveredAt: null, EventsFolded: 1),
        (null, _) => null,
        (_, ShipmentDispatched d) => state.After(ShipmentStatus.Dispatched) with
        {
            Carrier = d.Carrier,
            TrackingNumber = d.TrackingNumber,
            DispatchedAt = d.DispatchedAt,
        },
        (_, ShipmentDelivered d) => state.After(ShipmentStatus.Delivered) with { DeliveredAt = d.DeliveredAt },
        (_, ShipmentCancelled) => state.After(ShipmentStatus.Cancelled),
        _ => state.After(state.Status),
    };

    private Shipment After(ShipmentStatus status) => this with { Status = status, EventsFolded = EventsFolded + 1 };
}

/// <summary>Keeps the snapshot of every shipment, in the transaction of its events.</summary>
public sealed class ShipmentProjection() : FoldProjection<Shipment>(ProjectionName, ShippingModule.Events.Keys)
{
    public const string ProjectionName = "Shipment";
}
