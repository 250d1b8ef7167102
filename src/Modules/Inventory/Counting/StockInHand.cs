using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Catalog;
using Monolith.Inventory.Viewing;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Inventory.Counting;

/// <summary>The ledger that a command is about to change, held until its transaction ends.</summary>
/// <param name="Stock">Null when there is no such product.</param>
public sealed record StockInHand(Stock? Stock, int Generation)
{
    public static async Task<StockInHand> Load(string sku, IProductCatalog catalog, IDocumentSession session, CancellationToken cancellation)
    {
        if ((await catalog.Find([sku], cancellation)).Count == 0)
        {
            return new StockInHand(Stock: null, Generation: 0);
        }

        var generation = await ProjectionGeneration.Load(session, StockProjection.ProjectionName, cancellation);
        var ledgers = await StockLedger.Hold(session, [sku], cancellation);
        return new StockInHand(ledgers[sku], generation);
    }

    public ProblemDetails Check(HttpContext http, InputErrors input) => this switch
    {
        _ when input.Any => input.ToProblem(),
        { Stock: null } => ProblemTypes.NotFound.With("There is no product with this SKU."),
        _ => new EntityTag(Stock.EventsFolded, Generation).Precondition(http.Request, "stock") ?? WolverineContinue.NoProblems,
    };

    public IResult Carry(Decision decision, IDocumentSession session)
    {
        if (decision.Problem is { } problem)
        {
            return Results.Problem(problem);
        }

        StockLedger.Append(session, Stock!, decision.Events);
        var stock = Folded.After(Stock, decision.Events)!;
        return CommandReply.Ok(StockView.Of(stock), new EntityTag(stock.EventsFolded, Generation));
    }
}
