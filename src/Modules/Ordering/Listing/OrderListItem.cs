using System.Text.Json.Serialization;
using Monolith.Contracts.Ordering;
using Monolith.Kernel.Folding;

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
    long Version) : IFolded<OrderListItem>
{
    [JsonIgnore]
    public long EventsFolded => Version;

    public static OrderListItem? Fold(OrderListItem? state, object e) => (state, e) switch
    {
        (_, OrderPlaced p) => new OrderListItem(
            p.OrderId, p.CustomerId, OrderStatus.Placed, p.Currency, p.Lines.Sum(l => l.Quantity), p.ItemsTotal, p.Delivery.Fee, p.Total,
            p.PlacedAt, p.PlacedAt, Version: 1),
        (null, _) => null,
        (_, DeliveryFeeCorrected c) => state.After(e) with { DeliveryFee = c.CorrectFee, Total = state.ItemsTotal + c.CorrectFee },
        _ => state.After(e),
    };

    private OrderListItem After(object e) => this with
    {
        Status = OrderStatuses.After(Status, e),
        UpdatedAt = OrderEvents.TimeOf(e) is { } at && at > UpdatedAt ? at : UpdatedAt,
        Version = Version + 1,
    };
}

/// <summary>Keeps the order list, asynchronously.</summary>
public sealed class OrderListProjection() : FoldProjection<OrderListItem>(ProjectionName, OrderEvents.Types, PoisonPolicy.SetAside)
{
    public const string ProjectionName = "OrderList";
}
