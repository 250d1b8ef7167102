namespace Monolith.Contracts.Ordering;

/// <summary>Every line of the order is reserved in the warehouse.</summary>
public sealed record StockReserved(string OrderId, DateTimeOffset ReservedAt);
