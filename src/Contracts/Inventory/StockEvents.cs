namespace Monolith.Contracts.Inventory;

/// <summary>Goods arrived in the warehouse.</summary>
/// <param name="Reference">What the delivery is called, such as the number of its note.</param>
public sealed record StockReceived(string Sku, int Quantity, string Reference, DateTimeOffset ReceivedAt);

/// <summary>A count found more or fewer pieces than the ledger had.</summary>
/// <param name="Delta">What is added to the stock; negative when pieces are missing.</param>
public sealed record StockAdjusted(string Sku, int Delta, string Reason, DateTimeOffset AdjustedAt);

/// <summary>Pieces are kept for an order. They are still in the warehouse, but nobody else can have them.</summary>
public sealed record QuantityReserved(string Sku, string OrderId, int Quantity, DateTimeOffset ReservedAt);

/// <summary>Pieces that were kept for an order are free again.</summary>
public sealed record QuantityReleased(string Sku, string OrderId, int Quantity, DateTimeOffset ReleasedAt);

/// <summary>Pieces that were kept for an order left the warehouse.</summary>
public sealed record QuantityShipped(string Sku, string OrderId, int Quantity, DateTimeOffset ShippedAt);
