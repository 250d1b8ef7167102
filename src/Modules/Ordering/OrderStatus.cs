using Monolith.Contracts.Ordering;

namespace Monolith.Ordering;

/// <summary>How far an order has come. A status promises that the next command is possible.</summary>
public enum OrderStatus
{
    Placed,

    /// <summary>Its goods are reserved, and it can be paid.</summary>
    AwaitingPayment,

    /// <summary>The money is here, and it can be shipped.</summary>
    Paid,

    Shipped,
    Delivered,
    Cancelled,
}

public static class OrderStatuses
{
    /// <summary>
    /// The status after an event of the order; an event that says nothing about it leaves it as it was. A cancelled order stays
    /// cancelled, whatever comes in for it.
    /// </summary>
    public static OrderStatus After(OrderStatus status, object e) => (status, e) switch
    {
        (_, OrderPlaced) => OrderStatus.Placed,
        (OrderStatus.Cancelled, _) => status,
        (_, PaymentRequested) => OrderStatus.AwaitingPayment,
        (_, ShipmentRequested) => OrderStatus.Paid,
        (_, OrderShipped) => OrderStatus.Shipped,
        (_, OrderDelivered) => OrderStatus.Delivered,
        (_, OrderCancelled) => OrderStatus.Cancelled,
        _ => status,
    };
}
