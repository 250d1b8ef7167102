using Monolith.Contracts.Ordering;

namespace Monolith.Ordering.Reporting;

/// <summary>What a tally has to remember of an order, to take it out of one row and put it into another.</summary>
public sealed record CountedOrder(string Id, string CustomerId, DateTimeOffset PlacedAt, string Currency, decimal Total, OrderStatus Status)
{
    public static CountedOrder? Fold(CountedOrder? order, object e) => (order, e) switch
    {
        (_, OrderPlaced p) => new CountedOrder(p.OrderId, p.CustomerId, p.PlacedAt, p.Currency, p.Total, OrderStatus.Placed),
        (null, _) => null,
        (_, DeliveryFeeCorrected c) => order with { Total = order.Total - c.PreviousFee + c.CorrectFee },
        _ => order with { Status = OrderStatuses.After(order.Status, e) },
    };
}

/// <summary>An order's step out of the row where it stood, if it stood in one, into the row where it stands now.</summary>
public sealed record OrderMove(CountedOrder? From, CountedOrder To)
{
    /// <summary>The moves that a page of the log makes, in its order.</summary>
    /// <param name="known">The orders of the page as they were counted before it.</param>
    public static IReadOnlyList<OrderMove> Of(IEnumerable<(string OrderId, object Event)> page, IEnumerable<CountedOrder> known)
    {
        var orders = known.ToDictionary(order => order.Id);
        var moves = new List<OrderMove>();
        foreach (var (id, e) in page)
        {
            var before = orders.GetValueOrDefault(id);
            if (CountedOrder.Fold(before, e) is { } after && after != before)
            {
                orders[id] = after;
                moves.Add(new OrderMove(before, after));
            }
        }

        return moves;
    }
}
