using Marten;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Catalog.Viewing;
using Monolith.Kernel.Paging;
using Wolverine.Http;

namespace Monolith.Catalog.Searching;

/// <summary>Products, newest first; <c>search</c> finds every word of the text, in any case, anywhere in name or SKU.</summary>
public static class SearchProductsEndpoint
{
    public static (CollectionQuery, ProductFilter) Load(HttpContext http)
    {
        var query = new CollectionQuery(http);
        return (query, new ProductFilter(query.Value("search"), query.Value("category"), query.Flag("active")));
    }

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    [WolverineGet("/v1/products"), AllowAnonymous]
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

public sealed record ProductFilter(string? Search, string? Category, bool? Active)
{
    public IReadOnlyList<string> Words => Search?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
