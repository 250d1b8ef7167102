namespace Monolith.Inventory.Viewing;

/// <summary>The stock of a product, as the API shows it.</summary>
/// <param name="OnHand">Pieces in the warehouse.</param>
/// <param name="Reserved">Those of them that are kept for orders.</param>
/// <param name="Available">Those that an order can have.</param>
public sealed record StockView(string Sku, long OnHand, long Reserved, long Available, long Version)
{
    public static StockView Of(Stock stock) => new(stock.Sku, stock.OnHand, stock.Reserved, stock.Available, stock.EventsFolded);
}
