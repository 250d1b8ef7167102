using Monolith.Contracts.Ordering;
using Monolith.Contracts.Shipping;
using Monolith.Kernel.Folding;
using Monolith.Shipping.Delivering;
using Monolith.Shipping.Dispatching;
using Monolith.Shipping.Fees;
using Monolith.Shipping.Planning;
using Monolith.Shipping.Viewing;

namespace Monolith.Shipping;

/// <summary>The parcel of one order for the API document.</summary>
internal static class ShippingExamples
{
    private static readonly DateTimeOffset Start = new(2025, 3, 1, 14, 30, 0, TimeSpan.Zero);
    private static readonly DispatchShipment Dispatch = new("DHL", "00340434161094042557");
    private static readonly PlanShipment Plan = new(
        "0195510a-89c0-7c11-a5d4-3f1f6e0b7a01", "0195521d-3240-7b52-9d1e-58c0a2f4e903", "DE", DeliveryService.Standard, 0.5m);

    public static IEnumerable<object> All
    {
        get
        {
            var planned = Folded.From<Shipment>(PlanShipmentHandler.Decide(known: null, Plan, Start).Events)!;
            var dispatched = Folded.After(planned, DispatchShipment.Decide(planned, orderWaits: true, Dispatch, Start.AddHours(1)).Events)!;
            return
            [
                Dispatch, new DeliverShipment(Start.AddDays(2)), ShipmentView.Of(dispatched),
                FeePolicy.Newest.Quote("DE", DeliveryService.Standard, 0.5m, "EUR")!,
            ];
        }
    }
}
