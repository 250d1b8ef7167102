using Monolith.Contracts.Ordering;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Selling;

/// <summary>What was sold, and what was cancelled, of one category in one currency.</summary>
/// <param name="Orders">Orders with something of the category in them.</param>
/// <param name="Items">Pieces of the category.</param>
/// <param name="Revenue">Their price, without delivery.</param>
/// <param name="Cancellations">Orders that were cancelled in this time, whenever they were placed.</param>
public sealed record Sales(string Currency, int Orders, int Items, decimal Revenue, int Cancellations)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    internal static Topology<Sales> Over(TimeSpan length) => new Topology<Sales>
    {
        Windows = new Tumbling(length),
        Grace = Grace,
        Merge = Plus,
        Output = (sales, _) => sales,
    }
        .From<OrderPlaced>(at: e => e.PlacedAt, e => ByCategory(e, (lines, currency) => new Sales(currency, 1, lines.Sum(l => l.Quantity), lines.Sum(l => l.LineTotal), 0)))
        .FromWithBeginning<OrderCancelled, OrderPlaced>(at: e => e.CancelledAt, (_, placed) => ByCategory(placed, (_, currency) => new Sales(currency, 0, 0, 0, 1)));

    private static IEnumerable<Share<Sales>> ByCategory(OrderPlaced order, Func<IReadOnlyCollection<OrderLine>, string, Sales> sales) =>
        order.Lines.GroupBy(l => l.Category).Select(lines => new Share<Sales>(lines.Key, sales([.. lines], order.Currency), Part: order.Currency));

    private static Sales Plus(Sales a, Sales b) =>
        new(a.Currency, a.Orders + b.Orders, a.Items + b.Items, a.Revenue + b.Revenue, a.Cancellations + b.Cancellations);
}

public sealed class SalesPerMinute() : Processor<SalesPerMinute, Sales>(ProjectionName, Sales.Over(TimeSpan.FromMinutes(1)))
{
    public const string ProjectionName = "sales-per-minute";
}

public sealed class SalesPerHour() : Processor<SalesPerHour, Sales>(ProjectionName, Sales.Over(TimeSpan.FromHours(1)))
{
    public const string ProjectionName = "sales-per-hour";
}

public sealed class SalesPerDay() : Processor<SalesPerDay, Sales>(ProjectionName, Sales.Over(TimeSpan.FromDays(1)))
{
    public const string ProjectionName = "sales-per-day";
}
