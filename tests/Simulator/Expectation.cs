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

/// <summary>What an order must look like, given its story, and stock at any time.</summary>
internal static class Expectation
{
    /// <param name="done">How many steps of the story are acknowledged.</param>
    public static Standing Of(OrderView view, Story story, int done) => view switch
    {
        { Status: OrderStatus.Cancelled, CancelReason: "outOfStock" or "paymentOverdue" } => Standing.Ended,
        _ when story.Milestones.Skip(done).Contains(At(view)) => Standing.Reached,
        { Status: OrderStatus.Cancelled } when !story.Steps.Contains(Step.Cancel) => Standing.Wrong,
        _ => Standing.Pending,
    };

    /// <summary>What differs at the end, in words; nothing if all is as the story and its acknowledged steps say.</summary>
    public static IEnumerable<string> Differences(OrderView view, PlacedOrder order)
    {
        var story = order.Story;
        var ended = Of(view, story, order.Done) == Standing.Ended;
        if (!ended && At(view) != story.Milestones[order.Done] && At(view) != story.Milestones[order.Tried])
            yield return $"status {Text(view)}, not {story.Milestones[order.Done]}";
        if (ended && !IsOver(view)) yield return $"status {Text(view)}, with a payment that is not over";
        if (!string.Equals(view.Currency, story.Currency, StringComparison.Ordinal)) yield return $"currency {view.Currency}, not {story.Currency}";
        if (view.Items != story.Items) yield return $"{view.Items} items, not {story.Items}";
        if (view.ItemsTotal != story.ItemsTotal) yield return $"items total {view.ItemsTotal}, not {story.ItemsTotal}";
        if (view.Total != view.ItemsTotal + view.DeliveryFee) yield return $"total {view.Total}, not {view.ItemsTotal} and a fee of {view.DeliveryFee}";
        foreach (var difference in MoneyDifferences(view)) yield return difference;

        var lines = story.Lines.Select(line => new OrderViewLine(
            line.Product.Sku, line.Quantity, line.Product.Body.UnitPrice, line.Quantity * line.Product.Body.UnitPrice));
        if (!view.Lines.ToHashSet().SetEquals(lines)) yield return $"lines {string.Join(", ", view.Lines)}";
    }

    /// <summary>What does not balance, or null.</summary>
    public static string? Difference(StockView stock) =>
        stock.Available == stock.OnHand - stock.Reserved && stock is { OnHand: >= 0, Reserved: >= 0, Available: >= 0 }
            ? null
            : $"{stock.OnHand} on hand, {stock.Reserved} reserved, {stock.Available} available";

    public static string Text(OrderView view) => view.CancelReason is null ? $"{At(view)}" : $"{At(view)} ({view.CancelReason})";

    private static Milestone At(OrderView view) => new(view.Status, view.Payment.Status);

    /// <summary>What the house cancels has no payment, or one that came after its deadline and goes back.</summary>
    private static bool IsOver(OrderView view) => view.Payment.Status == PaymentStatus.None
        || (view is { CancelReason: "paymentOverdue", Payment.Status: PaymentStatus.RefundPending });

    private static IEnumerable<string> MoneyDifferences(OrderView view)
    {
        var (status, due, paid, refunded, _) = view.Payment;
        var cameIn = status >= PaymentStatus.Received ? view.Total : 0;
        var wentBack = status == PaymentStatus.Refunded ? view.Total : 0;
        if (status != PaymentStatus.None && due != view.Total) yield return $"due {due}, not {view.Total}";
        if (paid != cameIn) yield return $"paid {paid}, not {cameIn}";
        if (refunded != wentBack) yield return $"refunded {refunded}, not {wentBack}";
    }
}
