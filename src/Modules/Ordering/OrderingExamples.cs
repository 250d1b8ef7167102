using System.Security.Claims;
using Monolith.Contracts.Catalog;
using Monolith.Contracts.Inventory;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;
using Monolith.Kernel.Access;
using Monolith.Kernel.Folding;
using Monolith.Kernel.History;
using Monolith.Ordering.Cancelling;
using Monolith.Ordering.Correcting;
using Monolith.Ordering.Fulfilment;
using Monolith.Ordering.Listing;
using Monolith.Ordering.Placing;
using Monolith.Ordering.Reporting;
using Monolith.Ordering.Viewing;

namespace Monolith.Ordering;

/// <summary>The story of one order for the API document, told by the decisions themselves: it cannot show what never happens.</summary>
internal static class OrderingExamples
{
    private const string OrderId = "0195510a-89c0-7c11-a5d4-3f1f6e0b7a01";
    private const string PaymentId = "0195510a-89c0-7c11-a5d4-3f1f6e0b7a02";
    private const string ShipmentId = "0195521d-3240-7b52-9d1e-58c0a2f4e903";
    private const decimal Total = 29.90m;

    private static readonly DateTimeOffset Start = new(2025, 3, 1, 9, 30, 0, TimeSpan.Zero);

    private static readonly ClaimsPrincipal Support = new(new ClaimsIdentity([new Claim(ClaimTypes.Role, Role.Support)]));

    private static readonly PlaceOrder Placing = new(
        "anna", [new PlaceOrder.Line("TEA-1", 2)], new PlaceOrder.Address("Anna Adam", "Am Markt 1", "Jena", "07743", "DE"), DeliveryService.Standard);

    private static readonly Dictionary<string, CatalogProduct> Catalog = new(StringComparer.Ordinal)
    {
        ["TEA-1"] = new("TEA-1", "Darjeeling First Flush", 12.50m, "EUR", 0.25m, "tea", Active: true),
    };

    public static IEnumerable<object> All
    {
        get
        {
            List<object> events = [.. OrderPlacement.Decide(Placing, Catalog, new Fees(), OrderId, Start).Events];
            events.AddRange(OrderFulfilment.Decide(After(events), new ReservationMade(OrderId), PaymentId, Start).Events);
            events.AddRange(OrderFulfilment.Decide(
                After(events), new PaymentOpened(PaymentId, OrderId, "anna", Total, "EUR", Start.AddDays(1), Start), Start).Events);
            events.AddRange(OrderFulfilment.Decide(
                After(events), new PaymentSettled(PaymentId, OrderId, Total, "EUR", "ch_4711", "provider", Start, Start.AddHours(2)), ShipmentId, Start).Events);
            events.AddRange(OrderFulfilment.Decide(
                After(events), new ShipmentPlanned(ShipmentId, OrderId, "DE", DeliveryService.Standard, 0.5m, Start), Start.AddHours(2)).Events);
            events.AddRange(OrderFulfilment.Decide(
                After(events), new ShipmentDispatched(ShipmentId, OrderId, "DHL", "00340434161094042557", Start.AddHours(5))).Events);
            return
            [
                Placing, new CancelOrder("Changed my mind"), new CorrectDeliveryFee(3.90m, "Charged for the wrong zone"),
                OrderView.Of(After(events), Support), Trail(events[0]), Step(events), Folded.From<OrderListItem>(events)!,
                new OrdersPerDayEndpoint.Row(DateOnly.FromDateTime(Start.UtcDateTime), OrderStatus.Shipped, 128, 4_310.40m, "EUR"),
                new CustomerSummaryEndpoint.View(
                    7, 1, 151.20m, "EUR", Start.AddDays(-40), Start, new Dictionary<string, decimal> { ["EUR"] = 151.20m, ["CHF"] = 18.00m }),
            ];
        }
    }

    private static RecordedEvent Trail(object placed) => new(
        4711, OrderId, "order", 1, nameof(OrderPlaced), "ordering", Start, "anna", "web-4711", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "4bf92f3577b34da6a3ce929d0e0e4736", placed);

    private static ReplayStep<OrderView> Step(List<object> events) => new(
        2, 4715, nameof(StockReserved), Start, events[1], OrderView.Of(Folded.From<Order>(events.Take(2))!, Support), ["version", "eventsReplayed"]);

    private static Order After(IReadOnlyList<object> events) => Folded.From<Order>(events)!;

    private sealed class Fees : IDeliveryFees
    {
        public bool Knows(int policyVersion) => policyVersion == 1;

        public DeliveryQuote Quote(string country, DeliveryService service, decimal weightKg, string currency, int? policyVersion = null) => new(4.90m, currency, "domestic", PolicyVersion: 1);
    }
}
