using Monolith.Console.Events;

namespace Monolith.Console.Orders;

/// <summary>A stretch of an order's life: events that belong together, and how long it took since the stretch before.</summary>
internal sealed record Chapter(string Name, bool IsBad, IReadOnlyList<RecordedEvent> Events, TimeSpan Took);

/// <summary>Groups the events of an order into what people call its steps.</summary>
internal static class Story
{
    /// <param name="events">In the order of their versions.</param>
    public static IReadOnlyList<Chapter> Of(IReadOnlyList<RecordedEvent> events)
    {
        var chapters = new List<Chapter>();
        foreach (var e in events)
        {
            var (name, isBad) = StepOf(e.Type);
            if (chapters is [.., var last] && last.Name == name)
            {
                chapters[^1] = last with { Events = [.. last.Events, e], Took = last.Took + (e.RecordedAt - last.Events[^1].RecordedAt) };
            }
            else
            {
                chapters.Add(new Chapter(name, isBad, [e], chapters is [.., var before] ? e.RecordedAt - before.Events[^1].RecordedAt : TimeSpan.Zero));
            }
        }

        return chapters;
    }

    private static (string Name, bool IsBad) StepOf(string type) => type switch
    {
        "OrderPlaced" => ("Placed", false),
        "StockReserved" or "PaymentRequested" => ("Goods reserved, payment asked for", false),
        "PaymentFailed" => ("Payment failed", true),
        "PaymentReceived" or "ShipmentRequested" => ("Paid", false),
        "OrderShipped" => ("Shipped", false),
        "OrderDelivered" => ("Delivered", false),
        "OrderCancelled" => ("Cancelled", true),
        "RefundRequested" => ("Refund asked for", false),
        "RefundConfirmed" => ("Refunded", false),
        "RefundFailed" => ("Refund failed", true),
        "DeliveryFeeCorrected" => ("Delivery fee corrected", false),
        _ => (type, false),
    };
}
