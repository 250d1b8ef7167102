namespace Monolith.Contracts.Catalog;

/// <summary>A product was created or changed. It carries the whole product, so that others can know it as it was at any time.</summary>
/// <param name="UnitPrice">Price of one piece in <paramref name="Currency"/>.</param>
/// <param name="WeightKg">Weight of one piece in kilograms.</param>
public sealed record ProductRevised(
    string Sku,
    string Name,
    decimal UnitPrice,
    string Currency,
    decimal WeightKg,
    string Category,
    bool Active,
    DateTimeOffset RevisedAt);
