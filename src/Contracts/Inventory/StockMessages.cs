namespace Monolith.Contracts.Inventory;

/// <summary>Keep these pieces for the order, all or none. Answered with <see cref="ReservationMade"/> or <see cref="OutOfStock"/>.</summary>
public sealed record ReserveStock(string OrderId, IReadOnlyList<StockLine> Lines);

/// <param name="Quantity">Pieces; lines of the same SKU add up.</param>
public sealed record StockLine(string Sku, int Quantity);

/// <summary>Every line of the order is reserved.</summary>
public sealed record ReservationMade(string OrderId);

/// <summary>Nothing is reserved, because too few pieces of these SKUs are free.</summary>
public sealed record OutOfStock(string OrderId, IReadOnlyList<string> Skus);

/// <summary>Free what is kept for the order.</summary>
public sealed record ReleaseStock(string OrderId);

/// <summary>What is kept for the order left the warehouse.</summary>
public sealed record ShipStock(string OrderId);
