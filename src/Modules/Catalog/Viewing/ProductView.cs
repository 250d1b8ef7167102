using Monolith.Kernel.Reading;

namespace Monolith.Catalog.Viewing;

public sealed record ProductView(
    string Sku,
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
    public static ProductView Of(Product product) => new(
        product.Id, product.Name, product.UnitPrice, product.Currency, product.WeightKg, product.Category, product.Active,
        product.CreatedAt, product.RevisedAt, product.Version);

    /// <summary>Products are documents: nothing rebuilds them, so their generation never changes.</summary>
    public static EntityTag TagOf(Product product) => new(product.Version, Generation: 1);
}
