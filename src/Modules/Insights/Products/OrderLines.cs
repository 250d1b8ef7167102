using Monolith.Contracts.Catalog;
using Monolith.Contracts.Ordering;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Products;

/// <summary>A product as it was at some point of the log.</summary>
public sealed record ProductAsOf(string Id, string Name, string Category, decimal UnitPrice, string Currency, bool Active, DateTimeOffset RevisedAt);

/// <param name="Product">Null where the product had not been seen.</param>
public sealed record LineWithProduct(string OrderId, int Quantity, decimal UnitPrice, decimal LineTotal, string Currency, ProductAsOf? Product);

/// <summary>Each line of an order with the product as it was when the order was recorded, not as it is today.</summary>
public sealed class OrderLines() : Processor<OrderLines, LineWithProduct>(ProjectionName, Stream)
{
    public const string ProjectionName = "order-lines";

    private static Topology<LineWithProduct> Stream { get; } = new Topology<LineWithProduct>
    {
        Kind = "tableJoin",
        Windows = new Moment(),
        Grace = TimeSpan.FromMinutes(5),
        Merge = Plus,
        Output = (line, _) => line,
        Table = new Table<ProductRevised, ProductAsOf>(
                e => new ProductAsOf(e.Sku, e.Name, e.Category, e.UnitPrice, e.Currency, e.Active, e.RevisedAt), key: product => product.Id),
    }
        .FromWithTable<OrderPlaced, ProductAsOf>(at: e => e.PlacedAt, keys: e => e.Lines.Select(l => l.Sku), Lines);

    private static IEnumerable<Share<LineWithProduct>> Lines(OrderPlaced order, IReadOnlyDictionary<string, ProductAsOf> products) =>
        order.Lines.Select(l => new Share<LineWithProduct>(
            l.Sku,
            new LineWithProduct(order.OrderId, l.Quantity, l.UnitPrice, l.LineTotal, order.Currency, products.GetValueOrDefault(l.Sku)),
            Part: order.OrderId));

    /// <summary>Two lines of one order with the same product.</summary>
    private static LineWithProduct Plus(LineWithProduct a, LineWithProduct b) =>
        a with { Quantity = a.Quantity + b.Quantity, LineTotal = a.LineTotal + b.LineTotal };
}
