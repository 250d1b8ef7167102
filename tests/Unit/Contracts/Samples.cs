using Monolith.Contracts.Catalog;
using Monolith.Contracts.Insights;
using Monolith.Contracts.Inventory;
using Monolith.Contracts.Operations;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;

namespace Monolith.Unit.Contracts;

/// <summary>One event of every type, with a value in every member.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 1, 31, 10, 30, 15, TimeSpan.Zero).AddMicroseconds(123_456);

    public static IReadOnlyDictionary<Type, object> ByType { get; } = new object[]
    {
        new TimeAdvanced(At),
        new AlertRaised("stock-low-0a1b2c3d4e5f6071", "stock-low", "stock-levels", "TEA-1", "9 pieces are left.", At, At, IsRetroactive: true, At),
        new AlertCleared("stock-low-0a1b2c3d4e5f6071", "stock-low", "TEA-1", "20 pieces are left.", IsRetroactive: true, At),
        new AlertAcknowledged("stock-low-0a1b2c3d4e5f6071", "otto", "More is on its way", At),
        new ProductRevised("TEA-1", "Grüner Tee <Bio>", 4.50m, "EUR", 0.125m, "tea", Active: true, At),
        new OrderPlaced(
            "order-1", "anna", "EUR",
            (List<OrderLine>)[new("TEA-1", "Grüner Tee <Bio>", "tea", 0.125m, 2, 4.50m, 9.00m)],
            new Recipient("Anna Adam", "Am Markt 1", "Jena", "07743", "DE"), DeliveryService.Express,
            new DeliveryCharge(3.90m, 2, "EU1", 0.250m), 9.00m, 12.90m, At),
        new PaymentRequested("order-1", "payment-1", 12.90m, "EUR", At),
        new PaymentReceived("order-1", "payment-1", 12.90m, "EUR", "transfer 4711", At),
        new RefundRequested("order-1", "payment-1", 12.90m, "EUR", "mind changed", At),
        new StockReserved("order-1", At),
        new PaymentFailed("order-1", "payment-1", "ch_0815", At),
        new ShipmentRequested("order-1", "shipment-1", At),
        new RefundConfirmed("order-1", "payment-1", 12.90m, "EUR", "re_4711", At),
        new RefundFailed("order-1", "payment-1", 12.90m, "EUR", "re_0815", At),
        new StockReceived("TEA-1", 120, "note 4711", At),
        new StockAdjusted("TEA-1", -2, "broken", At),
        new QuantityReserved("TEA-1", "order-1", 2, At),
        new QuantityReleased("TEA-1", "order-1", 2, At),
        new QuantityShipped("TEA-1", "order-1", 2, At),
        new PaymentOpened("payment-1", "order-1", "anna", 12.90m, "EUR", At.AddDays(1), At),
        new PaymentSettled("payment-1", "order-1", 12.90m, "EUR", "ch_4711", "provider", At.AddSeconds(-2), At),
        new PaymentDeclined("payment-1", "order-1", "ch_0815", At.AddSeconds(-2), At),
        new PaymentExpired("payment-1", "order-1", At, At.AddSeconds(1)),
        new PaymentCancelled("payment-1", "order-1", At),
        new RefundOpened("payment-1", "order-1", 12.90m, "EUR", At),
        new RefundSettled("payment-1", "order-1", 12.90m, "EUR", "re_4711", At.AddSeconds(-2), At),
        new RefundDeclined("payment-1", "order-1", 12.90m, "EUR", "re_0815", At.AddSeconds(-2), At),
        new ReportRejected("msg_1", "payment.succeeded", "payment-1", 12.80m, "EUR", "ch_4711", At.AddSeconds(-2), "unreadable", At),
        new MoneyUnmatched("msg_1", "payment.succeeded", "payment-1", 12.80m, "EUR", "ch_4711", At.AddSeconds(-2), "otherAmount", At),
        new ReportUnmatched("msg_1", "payment.succeeded", "payment-1", 12.80m, "EUR", "ch_4711", At.AddSeconds(-2), "otherAmount", At),
        new ShipmentPlanned("shipment-1", "order-1", "DE", DeliveryService.Express, 0.250m, At),
        new ShipmentDispatched("shipment-1", "order-1", "DHL", "JD0001", At),
        new ShipmentDelivered("shipment-1", "order-1", At),
        new ShipmentCancelled("shipment-1", "order-1", At),
        new OrderShipped("order-1", "shipment-1", "DHL", "JD0001", At),
        new OrderDelivered("order-1", "shipment-1", At),
        new DeliveryFeeCorrected("order-1", 3.90m, 2.90m, "EUR", 3, "wrong zone", "operation-1", At),
        new PaymentAmended("payment-1", "order-1", 12.90m, 11.90m, "EUR", 1, At),
        new FeeReviewRequested("operation-2", 1, 2, "operation-1", "wrong zones", "olga", At),
        new FeeReviewStarted("operation-1", 3, 200, At),
        new FeeReviewSucceeded(
            "operation-1",
            new FeeReviewReport(
                200, 1, 1, 0, (List<FeeSum>)[new("EUR", 1, 17.90m, 9.90m, -8.00m)], IsReconciled: true,
                (List<ReviewedOrder>)[new("order-1", 7, "EUR", 17.90m, 9.90m, "corrected")]),
            At),
        new FeeReviewFailed("operation-1", "the disk is full", At),
        new DeadLettersReplayed((List<string>)["08dd58a1-9c3f-4d20-0242-ac1100020000-1f3a9c2d"], "the fault is mended", "olga", At),
        new DeadLettersDiscarded((List<string>)["08dd58a1-9c3f-4d20-0242-ac1100020000-1f3a9c2d"], "the order is void", "olga", At),
        new OrderCancelled("order-1", CancellationCause.Customer, "mind changed", At),
        new RebuildRequested("operation-1", "OrdersPerDay", "totals looked wrong", "olga", At),
        new ReplacementRequested("operation-1", "OrdersPerDay", 5_000, "totals looked wrong", "olga", At),
        new VerificationRequested("operation-1", "OrdersPerDay", MaxEventsPerSecond: null, "the nightly check", "olga", At),
        new RollbackRequested("operation-1", "OrdersPerDay", "the new totals are wrong", "olga", At),
        new ProjectionReplaced("operation-1", 3, new ProjectionComparison(4_711, 1_000, 1, 2, 3, 4, IsExact: true, (List<string>)["mt_doc_ordersperday/2026-01-31/EUR/Paid"]), At),
        new VerificationSucceeded("operation-1", new ProjectionComparison(4_711, 1_000, 0, 0, 0, 0, IsExact: true, (List<string>)[]), At),
        new ReapplicationRequested("operation-1", "OrderList", (List<string>)["order-1"], "the fold was corrected", "olga", At),
        new StreamsReapplied("operation-1", 3, At),
        new CancellationRequested("operation-1", "it takes too much", "olga", At),
        new OperationCancelled("operation-1", At),
        new OperationPaused("operation-1", "the evening rush", "olga", At),
        new OperationResumed("operation-1", "the rush is over", "olga", At),
        new RebuildStarted("operation-1", 3, 4_711, At),
        new RebuildSucceeded("operation-1", 2, At),
        new RebuildFailed("operation-1", "Event 17 cannot be folded.", At),
        new AdminActionAttempted(
            "action-1", "olga", (List<string>)["operator"], "POST /admin/projections/{name}/rebuilds", "OrdersPerDay", "totals looked wrong", "web-1", At),
        new AdminActionFinished("action-1", 202, Problem: null, "/admin/operations/operation-1", IsRepeated: false, At.AddSeconds(1)),
    }.ToDictionary(sample => sample.GetType());
}
