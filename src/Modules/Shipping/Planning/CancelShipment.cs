using Monolith.Contracts.Shipping;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Wolverine;
using Wolverine.Persistence.EventSourcing;

namespace Monolith.Shipping.Planning;

/// <summary>Takes a shipment back that has not left.</summary>
public static class CancelShipmentHandler
{
    public static (EventsToAppend, OutgoingMessages) Handle(CancelShipment message, [WriteModel] Shipment shipment, TimeProvider time) =>
        Decide(shipment, time.BusinessNow()).ToAppend();

    public static Decision Decide(Shipment shipment, DateTimeOffset now) => shipment.Status == ShipmentStatus.Planned
        ? Decision.Accept(new ShipmentCancelled(shipment.Id, shipment.OrderId, now))
        : Decision.Nothing;
}
