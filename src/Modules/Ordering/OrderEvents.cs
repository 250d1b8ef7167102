using Marten;
using Monolith.Contracts.Ordering;
using Monolith.Kernel.Folding;
using Monolith.Ordering.Evolving;

namespace Monolith.Ordering;

/// <summary>The events of an order's stream: their stored names, which are for ever, and the business time of each.</summary>
public static class OrderEvents
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(OrderPlaced)] = "ordering.OrderPlaced",
        [typeof(StockReserved)] = "ordering.StockReserved",
        [typeof(PaymentRequested)] = "ordering.PaymentRequested",
        [typeof(PaymentFailed)] = "ordering.PaymentFailed",
        [typeof(PaymentReceived)] = "ordering.PaymentReceived",
        [typeof(ShipmentRequested)] = "ordering.ShipmentRequested",
        [typeof(OrderShipped)] = "ordering.OrderShipped",
        [typeof(OrderDelivered)] = "ordering.OrderDelivered",
        [typeof(OrderCancelled)] = "ordering.OrderCancelled.v2",
        [typeof(RefundRequested)] = "ordering.RefundRequested",
        [typeof(RefundConfirmed)] = "ordering.RefundConfirmed",
        [typeof(RefundFailed)] = "ordering.RefundFailed",
        [typeof(DeliveryFeeCorrected)] = "ordering.DeliveryFeeCorrected",
    };

    public static IReadOnlyCollection<Type> Types => Names.Keys;

    public static void Map(StoreOptions options)
    {
        options.MapEvents(Names);
        FirstOrderCancelled.Register(options);
    }

    /// <returns>Null for what is not an event of an order.</returns>
    public static DateTimeOffset? TimeOf(object e) => e switch
    {
        OrderPlaced p => p.PlacedAt,
        StockReserved r => r.ReservedAt,
        PaymentRequested r => r.RequestedAt,
        PaymentFailed f => f.FailedAt,
        PaymentReceived r => r.ReceivedAt,
        ShipmentRequested r => r.RequestedAt,
        OrderShipped s => s.ShippedAt,
        OrderDelivered d => d.DeliveredAt,
        OrderCancelled c => c.CancelledAt,
        RefundRequested r => r.RequestedAt,
        RefundConfirmed c => c.ConfirmedAt,
        RefundFailed f => f.FailedAt,
        DeliveryFeeCorrected c => c.CorrectedAt,
        _ => null,
    };
}
