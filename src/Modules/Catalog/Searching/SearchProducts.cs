using System.ComponentModel;
using Marten;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Catalog.Viewing;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Wolverine.Http;

namespace Monolith.Catalog.Searching;

public static class SearchProductsEndpoint
{
    public static (CollectionQuery, ProductFilter) Load(HttpContext http)
    {
        var query = new CollectionQuery(http);
        return (query, new ProductFilter(query.Value("search"), query.Value("category"), query.Flag("active")));
    }

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>Products, newest first.</summary>
    [WolverineGet("/v1/products"), AllowAnonymous]
    [ProducesResponseType<Page<ProductView>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        CollectionQuery query, ProductFilter filter, IQuerySession session, HttpContext http, CancellationToken cancellation)
    {
        var products = session.Query<Product>().AsQueryable();
        foreach (var word in filter.Words)
        {
            products = products.Where(p =>
                p.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || p.Id.Contains(word, StringComparison.OrdinalIgnoreCase));
        }

        products = filter.Category is { } category ? products.Where(p => p.Category == category) : products;
        products = filter.Active is { } active ? products.Where(p => p.Active == active) : products;
        products = query.After is { At: var at, Id: var id }
            ? products.Where(p => p.CreatedAt < at || (p.CreatedAt == at && p.Id.CompareTo(id) < 0))
            : products;

        var rows = await products.OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Id).Take(query.Limit + 1).ToListAsync(cancellation);
        return Page.Answer(Page.Of([.. rows.Select(ProductView.Of)], query.Limit, p => new Cursor(p.CreatedAt, p.Sku)), http);
    }
}

[QueryParameters]
public sealed record ProductFilter(
    [Description("Every word of this text, in any case, anywhere in name or SKU.")] string? Search, string? Category, bool? Active)
{
    public IReadOnlyList<string> Words => Search?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
