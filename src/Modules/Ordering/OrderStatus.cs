using Monolith.Contracts.Ordering;

namespace Monolith.Ordering;

/// <summary>How far an order has come. A status promises that the next command is possible.</summary>
public enum OrderStatus
{
    Placed,
    AwaitingPayment,
    Paid,
    Shipped,
    Delivered,
    Cancelled,
}

public static class OrderStatuses
{
    /// <summary>The status after an event of the order; an event that says nothing about it leaves it as it was.</summary>
    public static OrderStatus After(OrderStatus status, object e) => e switch
    {
        OrderPlaced => OrderStatus.Placed,
        PaymentRequested => OrderStatus.AwaitingPayment,
        PaymentReceived => OrderStatus.Paid,
        OrderShipped => OrderStatus.Shipped,
        OrderDelivered => OrderStatus.Delivered,
        OrderCancelled => OrderStatus.Cancelled,
        _ => status,
    };
}
