using Marten;
using Monolith.Contracts.Catalog;

namespace Monolith.Catalog.Searching;

internal sealed class ProductCatalog(IDocumentStore store) : IProductCatalog
{
    public async Task<IReadOnlyDictionary<string, CatalogProduct>> Find(IReadOnlyCollection<string> skus, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var products = await session.LoadManyAsync<Product>(cancellation, skus.Distinct(StringComparer.Ordinal));
        return products.ToDictionary(
            p => p.Id,
            p => new CatalogProduct(p.Id, p.Name, p.UnitPrice, p.Currency, p.WeightKg, p.Category, p.Active),
            StringComparer.Ordinal);
    }
}
