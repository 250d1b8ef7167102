using Monolith.Contracts.Catalog;
using Monolith.Contracts.Operations;
using Monolith.Contracts.Ordering;

namespace Monolith.Unit.Contracts;

/// <summary>One event of every type, with a value in every member.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 1, 31, 10, 30, 15, TimeSpan.Zero).AddMicroseconds(123_456);

    public static IReadOnlyDictionary<Type, object> ByType { get; } = new object[]
    {
        new ProductRevised("TEA-1", "Grüner Tee <Bio>", 4.50m, "EUR", 0.125m, "tea", Active: true, At),
        new OrderPlaced(
            "order-1", "anna", "EUR",
            (List<OrderLine>)[new("TEA-1", "Grüner Tee <Bio>", "tea", 0.125m, 2, 4.50m, 9.00m)],
            new Recipient("Anna Adam", "Am Markt 1", "Jena", "07743", "DE"), DeliveryService.Express,
            new DeliveryCharge(3.90m, 2, "EU1", 0.250m), 9.00m, 12.90m, At),
        new PaymentRequested("order-1", "payment-1", 12.90m, "EUR", At),
        new PaymentReceived("order-1", "payment-1", 12.90m, "EUR", "transfer 4711", At),
        new RefundRequested("order-1", "payment-1", 12.90m, "EUR", "mind changed", At),
        new OrderShipped("order-1", "shipment-1", "DHL", "JD0001", At),
        new OrderDelivered("order-1", "shipment-1", At),
        new OrderCancelled("order-1", "mind changed", At),
        new RebuildRequested("operation-1", "OrdersPerDay", "totals looked wrong", "olga", At),
        new RebuildStarted("operation-1", 3, 4_711, At),
        new RebuildSucceeded("operation-1", 2, At),
        new RebuildFailed("operation-1", "Event 17 cannot be folded.", At),
    }.ToDictionary(sample => sample.GetType());
}
