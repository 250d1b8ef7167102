namespace Monolith.Contracts.Catalog;

/// <summary>What other modules may ask the catalog.</summary>
public interface IProductCatalog
{
    /// <summary>The products with these SKUs as they are now, active or not; unknown ones are left out.</summary>
    Task<IReadOnlyDictionary<string, CatalogProduct>> Find(IReadOnlyCollection<string> skus, CancellationToken cancellation);
}

/// <inheritdoc cref="ProductRevised"/>
public sealed record CatalogProduct(string Sku, string Name, decimal UnitPrice, string Currency, decimal WeightKg, string Category, bool Active);
