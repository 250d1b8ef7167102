using JasperFx.Events;
using Marten.Events.Aggregation;
using Monolith.Contracts.Ordering;

namespace Monolith.Ordering.Listing;

/// <summary>One row of the order list.</summary>
public sealed record OrderListItem(
    string Id,
    string CustomerId,
    OrderStatus Status,
    string Currency,
    int Items,
    decimal ItemsTotal,
    decimal DeliveryFee,
    decimal Total,
    DateTimeOffset PlacedAt,
    DateTimeOffset UpdatedAt,
    long Version)
{
    public static OrderListItem? Fold(OrderListItem? item, object e) => (item, e) switch
    {
        (_, OrderPlaced p) => new OrderListItem(
            p.OrderId, p.CustomerId, OrderStatus.Placed, p.Currency, p.Lines.Sum(l => l.Quantity), p.ItemsTotal, p.Delivery.Fee, p.Total,
            p.PlacedAt, p.PlacedAt, Version: 1),
        (null, _) => null,
        _ => item with
        {
            Status = OrderStatuses.After(item.Status, e),
            UpdatedAt = OrderEvents.TimeOf(e) ?? item.UpdatedAt,
            Version = item.Version + 1,
        },
    };
}

/// <summary>Keeps the order list, asynchronously.</summary>
public sealed class OrderListProjection : SingleStreamProjection<OrderListItem, string>
{
    public const string ProjectionName = "OrderList";

    public OrderListProjection()
    {
        Name = ProjectionName;
        foreach (var type in OrderEvents.Types)
        {
            IncludeType(type);
        }
    }

    public override OrderListItem? Evolve(OrderListItem? snapshot, string id, IEvent e) => OrderListItem.Fold(snapshot, e.Data);
}
