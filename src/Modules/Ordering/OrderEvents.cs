using Marten;
using Monolith.Contracts.Ordering;

namespace Monolith.Ordering;

/// <summary>The events of an order's stream: their stored names, which are for ever, and the business time of each.</summary>
public static class OrderEvents
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(OrderPlaced)] = "ordering.OrderPlaced",
        [typeof(PaymentRequested)] = "ordering.PaymentRequested",
        [typeof(PaymentReceived)] = "ordering.PaymentReceived",
        [typeof(OrderShipped)] = "ordering.OrderShipped",
        [typeof(OrderDelivered)] = "ordering.OrderDelivered",
        [typeof(OrderCancelled)] = "ordering.OrderCancelled",
        [typeof(RefundRequested)] = "ordering.RefundRequested",
    };

    public static IReadOnlyCollection<Type> Types => Names.Keys;

    public static void Map(StoreOptions options)
    {
        foreach (var (type, name) in Names)
        {
            options.Events.MapEventType(type, name);
        }
    }

    /// <returns>Null for what is not an event of an order.</returns>
    public static DateTimeOffset? TimeOf(object e) => e switch
    {
        OrderPlaced p => p.PlacedAt,
        PaymentRequested r => r.RequestedAt,
        PaymentReceived r => r.ReceivedAt,
        OrderShipped s => s.ShippedAt,
        OrderDelivered d => d.DeliveredAt,
        OrderCancelled c => c.CancelledAt,
        RefundRequested r => r.RequestedAt,
        _ => null,
    };
}
