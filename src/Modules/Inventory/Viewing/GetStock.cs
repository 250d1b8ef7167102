using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Catalog;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Inventory.Viewing;

public static class GetStockEndpoint
{
    /// <summary>The stock as it is now. A product of which nothing ever arrived has none.</summary>
    [WolverineGet("/v1/stock/{sku}"), AllowStaffAnd]
    [ProducesResponseType<StockView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string sku, IProductCatalog catalog, IQuerySession session, CancellationToken cancellation)
    {
        var generation = await ProjectionGeneration.Load(session, StockProjection.ProjectionName, cancellation);
        var ledgers = await StockLedger.Read(session, [sku], cancellation);
        if (!ledgers.TryGetValue(sku, out var stock) && (await catalog.Find([sku], cancellation)).Count == 0)
        {
            return Results.Problem(ProblemTypes.NotFound.With("There is no product with this SKU."));
        }

        stock ??= Stock.Empty(sku);
        return new Representation(StockView.Of(stock), new EntityTag(stock.EventsFolded, generation));
    }
}
