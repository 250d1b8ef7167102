using System.Globalization;
using Monolith.Contracts.Inventory;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Alerting;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Stock;

/// <summary>Pieces that nobody has reserved.</summary>
public sealed record StockLevel(long Available);

/// <summary>What is left of each product.</summary>
public sealed class StockLevels() : Processor<StockLevels, StockLevel>(ProjectionName, Stream)
{
    public const string ProjectionName = "stock-levels";

    private static Topology<StockLevel> Stream { get; } = new Topology<StockLevel>
    {
        Windows = new Unbounded(),
        Grace = TimeSpan.Zero,
        Merge = (a, b) => new StockLevel(a.Available + b.Available),
        Alerts =
        [
            new AlertRule<StockLevel>
            {
                Name = "stock-low",
                LooksAt = Standing.Open,
                Raise = level => level.Available < 10,
                Clear = level => level.Available >= 20,
                Says = level => string.Create(CultureInfo.InvariantCulture, $"{level.Available} pieces are left."),
            },
        ],
        Output = (level, _) => level,
    }
    .From<StockReceived>(e => e.ReceivedAt, e => Changes(e.Sku, e.Quantity))
    .From<StockAdjusted>(e => e.AdjustedAt, e => Changes(e.Sku, e.Delta))
    .From<QuantityReserved>(e => e.ReservedAt, e => Changes(e.Sku, -e.Quantity))
    .From<QuantityReleased>(e => e.ReleasedAt, e => Changes(e.Sku, e.Quantity));

    private static IEnumerable<Share<StockLevel>> Changes(string sku, int by) => [new Share<StockLevel>(sku, new StockLevel(by))];
}
