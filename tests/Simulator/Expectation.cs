namespace Monolith.Simulator;

internal enum Standing
{
    /// <summary>Not yet where the last step leads to.</summary>
    Pending,

    /// <summary>There, or further: a repeated run finds its own later steps.</summary>
    Reached,

    /// <summary>Cancelled by the house, which the contract allows; the story is over.</summary>
    Ended,

    /// <summary>Cancelled, and neither by the story nor by the house.</summary>
    Wrong,
}

/// <summary>What an order must look like, given its story.</summary>
internal static class Expectation
{
    public static Standing Of(OrderView view, Story story, OrderStatus wanted) => view switch
    {
        { Status: OrderStatus.Cancelled, CancelReason: "outOfStock" or "paymentOverdue" } => Standing.Ended,
        { Status: OrderStatus.Cancelled } => story.Steps.Contains(Step.Cancel) ? Standing.Reached : Standing.Wrong,
        _ => wanted != OrderStatus.Cancelled && view.Status >= wanted ? Standing.Reached : Standing.Pending,
    };

    /// <summary>What differs at the end, in words; nothing if all is as the story and its acknowledged steps say.</summary>
    public static IEnumerable<string> Differences(OrderView view, PlacedOrder order)
    {
        var story = order.Story;
        var ended = Of(view, story, order.Reached) == Standing.Ended;
        if (!ended && view.Status != order.Reached && view.Status != order.Tried) yield return $"status {Text(view)}, not {order.Reached}";
        if (!string.Equals(view.Currency, story.Currency, StringComparison.Ordinal)) yield return $"currency {view.Currency}, not {story.Currency}";
        if (view.Items != story.Items) yield return $"{view.Items} items, not {story.Items}";
        if (view.ItemsTotal != story.ItemsTotal) yield return $"items total {view.ItemsTotal}, not {story.ItemsTotal}";
        if (view.Total != view.ItemsTotal + view.DeliveryFee) yield return $"total {view.Total}, not {view.ItemsTotal} and a fee of {view.DeliveryFee}";
        if (view.Status is OrderStatus.Paid or OrderStatus.Shipped or OrderStatus.Delivered && view.Payment.Paid != view.Total)
            yield return $"paid {view.Payment.Paid}, not {view.Total}";

        var lines = story.Lines.Select(line => new OrderViewLine(
            line.Product.Sku, line.Quantity, line.Product.Body.UnitPrice, line.Quantity * line.Product.Body.UnitPrice));
        if (!view.Lines.ToHashSet().SetEquals(lines)) yield return $"lines {string.Join(", ", view.Lines)}";
    }

    public static string Text(OrderView view) => view.CancelReason is null ? $"{view.Status}" : $"{view.Status} ({view.CancelReason})";
}
