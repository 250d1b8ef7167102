using System.Security.Claims;
using Monolith.Contracts.Catalog;
using Monolith.Contracts.Ordering;
using Monolith.Kernel.Access;
using Monolith.Ordering.Cancelling;
using Monolith.Ordering.Listing;
using Monolith.Ordering.Paying;
using Monolith.Ordering.Placing;
using Monolith.Ordering.Reporting;
using Monolith.Ordering.Shipping;
using Monolith.Ordering.Viewing;

namespace Monolith.Ordering;

/// <summary>The story of one order for the API document, told by the decisions themselves: it cannot show what never happens.</summary>
internal static class OrderingExamples
{
    private const string OrderId = "0195510a-89c0-7c11-a5d4-3f1f6e0b7a01";
    private const string PaymentId = "0195510a-89c0-7c11-a5d4-3f1f6e0b7a02";
    private const string ShipmentId = "0195521d-3240-7b52-9d1e-58c0a2f4e903";

    private static readonly DateTimeOffset Start = new(2025, 3, 1, 9, 30, 0, TimeSpan.Zero);

    private static readonly ClaimsPrincipal Support = new(new ClaimsIdentity([new Claim(ClaimTypes.Role, Role.Support)]));

    private static readonly PlaceOrder Placing = new(
        "anna", [new PlaceOrder.Line("TEA-1", 2)], new PlaceOrder.Address("Anna Adam", "Am Markt 1", "Jena", "07743", "DE"), DeliveryService.Standard);

    private static readonly RecordPayment Payment = new(25.00m, "Order 7a01, Anna Adam");

    private static readonly ShipOrder Shipment = new("DHL", "00340434161094042557");

    private static readonly Dictionary<string, CatalogProduct> Catalog = new(StringComparer.Ordinal)
    {
        ["TEA-1"] = new("TEA-1", "Darjeeling First Flush", 12.50m, "EUR", 0.25m, "tea", Active: true),
    };

    public static IEnumerable<object> All
    {
        get
        {
            IReadOnlyList<object> placed = OrderPlacement.Decide(Placing, Catalog, OrderId, PaymentId, Start).Events;
            IReadOnlyList<object> paid = [.. placed, .. RecordPayment.Decide(After(placed), Payment, Start.AddHours(2)).Events];
            IReadOnlyList<object> shipped = [.. paid, .. ShipOrder.Decide(After(paid), Shipment, ShipmentId, Start.AddHours(5)).Events];
            return
            [
                Placing, Payment, Shipment, new DeliverShipment(Start.AddDays(2)), new CancelOrder("Changed my mind"),
                OrderView.Of(After(shipped), Support), PaymentView.Of(After(paid))!, ShipmentView.Of(After(shipped)),
                shipped.Aggregate((OrderListItem?)null, OrderListItem.Fold)!,
                new OrdersPerDayEndpoint.Row(DateOnly.FromDateTime(Start.UtcDateTime), OrderStatus.Shipped, 128, 4_310.40m, "EUR"),
                new CustomerSummaryEndpoint.View(
                    7, 1, 151.20m, "EUR", Start.AddDays(-40), Start, new Dictionary<string, decimal> { ["EUR"] = 151.20m, ["CHF"] = 18.00m }),
            ];
        }
    }

    private static Order After(IReadOnlyList<object> events) => Order.Fold(null, events)!;
}
