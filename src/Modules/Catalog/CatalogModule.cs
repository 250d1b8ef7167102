using Marten;
using Marten.Schema;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Catalog.Searching;
using Monolith.Contracts.Catalog;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Publishing;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Monolith.Catalog;

public static class CatalogModule
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSingleton<IProductCatalog, ProductCatalog>()
        .AddPublicForm<ProductRevised>(
            e => e.Sku, e => e.RevisedAt, e => new { e.Sku, e.Name, e.UnitPrice, e.Currency, e.WeightKg, e.Category, e.Active, e.RevisedAt })
        .AddExamples(CatalogExamples.All)
        .ConfigureMarten(ConfigureMarten);

    private static void ConfigureMarten(StoreOptions options)
    {
        options.Storage.ExtendedSchemaObjects.Add(new Extension("pg_trgm"));
        options.Schema.For<Product>()
            .DatabaseSchemaName("catalog")
            .Duplicate(p => p.CreatedAt)
            .Index(p => p.Category)
            // Trigrams let the search for any part of a name or SKU use an index.
            .Index(p => p.Name, Trigrams)
            .Index(p => p.Id, Trigrams);

        options.Events.MapEventType<ProductRevised>("catalog.ProductRevised");
    }

    private static void Trigrams(ComputedIndex index)
    {
        index.Method = IndexMethod.gin;
        index.Mask = "? gin_trgm_ops";
    }
}
