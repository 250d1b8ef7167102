namespace Monolith.Catalog;

/// <summary>A product as it is now.</summary>
/// <param name="Id">The SKU.</param>
/// <param name="Version">Version of the stream <c>product-{sku}</c>, whose last event this document equals.</param>
public sealed record Product(
    string Id,
    string Name,
    decimal UnitPrice,
    string Currency,
    decimal WeightKg,
    string Category,
    bool Active,
    DateTimeOffset CreatedAt,
    DateTimeOffset RevisedAt,
    long Version)
{
    public static string StreamOf(string sku) => $"product-{sku}";
}
