using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Catalog;
using Monolith.Kernel.Access;
using Monolith.Kernel.History;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Inventory.History;

public static class GetStockHistoryEndpoint
{
    public static NumberedQuery Load(HttpContext http) => new(http);

    public static ProblemDetails Validate(NumberedQuery query) => query.Errors.ToProblem();

    /// <summary>The ledger: everything that happened to the stock of a product, with who and what caused it, oldest first.</summary>
    [WolverineGet("/v1/stock/{sku}/history"), AllowStaffAnd]
    [ProducesResponseType<Page<RecordedEvent>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        string sku, NumberedQuery query, IProductCatalog catalog, IQuerySession session, Masks masks, HttpContext http, CancellationToken cancellation) =>
        (await catalog.Find([sku], cancellation)).Count == 0
            ? Results.Problem(ProblemTypes.NotFound.With("There is no product with this SKU."))
            : await Trail.Answer(Stock.StreamOf(sku), "stock", query, session, masks, http, cancellation);
}
