using Monolith.Contracts.Inventory;
using Monolith.Inventory.Counting;
using Monolith.Inventory.Viewing;
using Monolith.Kernel.Folding;
using Monolith.Kernel.History;

namespace Monolith.Inventory;

/// <summary>A delivery and a count for the API document.</summary>
internal static class InventoryExamples
{
    private static readonly DateTimeOffset Morning = new(2025, 3, 1, 7, 15, 0, TimeSpan.Zero);
    private static readonly ReceiveStock Receipt = new(120, "Delivery note 2025-0311");
    private static readonly AdjustStock Count = new(-2, "Broken on the shelf");

    public static IEnumerable<object> All
    {
        get
        {
            var receipt = ReceiveStock.Decide(Stock.Empty("TEA-1"), Receipt, Morning).Events;
            var received = Folded.After(Stock.Empty("TEA-1"), receipt)!;
            return
            [
                Receipt, Count, StockView.Of(Folded.After(received, AdjustStock.Decide(received, Count, Morning.AddHours(9)).Events)!),
                new ReplayStep<StockView>(
                    1, 4711, nameof(StockReceived), Morning, receipt[0], StockView.Of(received), ["sku", "onHand", "reserved", "available", "version"]),
            ];
        }
    }
}
