using Marten;
using Monolith.Contracts.Shipping;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Wolverine;

namespace Monolith.Shipping.Planning;

/// <summary>Makes an order ready to be shipped, once.</summary>
public static class PlanShipmentHandler
{
    public static async Task<OutgoingMessages> Handle(
        PlanShipment message, IDocumentSession session, TimeProvider time, CancellationToken cancellation)
    {
        var decision = Decide(await session.LoadAsync<Shipment>(message.ShipmentId, cancellation), message, time.BusinessNow());
        if (decision.Events.Count > 0)
        {
            session.Events.StartStream<Shipment>(message.ShipmentId, decision.Events);
        }

        return [.. decision.Messages];
    }

    public static Decision Decide(Shipment? known, PlanShipment message, DateTimeOffset now) => known is null
        ? Decision.Announce(new ShipmentPlanned(message.ShipmentId, message.OrderId, message.Country, message.Service, message.WeightKg, now))
        : Decision.Nothing;
}
