using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Catalog;
using Monolith.Contracts.Inventory;
using Monolith.Inventory.Viewing;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Inventory.Counting;

/// <summary>A count found something else than the ledger says.</summary>
/// <param name="Delta">What is added; negative when pieces are missing.</param>
public sealed record AdjustStock(int? Delta, string? Reason)
{
    public InputErrors Check() => new InputErrors()
        .Require(Delta is >= -Quantity.Most and <= Quantity.Most and not 0, "delta", $"must be from -{Quantity.Most} to {Quantity.Most}, and not 0")
        .Text(Reason, "reason");

    /// <summary>Pieces that are kept for orders cannot be counted away.</summary>
    public static Decision Decide(Stock stock, AdjustStock command, DateTimeOffset now) => stock.Available + command.Delta!.Value < 0
        ? Decision.Reject(
            ProblemTypes.StateConflict, $"{stock.OnHand} are in the warehouse and {stock.Reserved} of them reserved: {stock.Available} can be taken away at most.")
        : Decision.Accept(new StockAdjusted(stock.Sku, command.Delta.Value, command.Reason!, now));
}

public static class AdjustStockEndpoint
{
    public static Task<StockInHand> LoadAsync(string sku, IProductCatalog catalog, IDocumentSession session, CancellationToken cancellation) =>
        StockInHand.Load(sku, catalog, session, cancellation);

    public static ProblemDetails Validate(AdjustStock command, StockInHand stock, HttpContext http) => stock.Check(http, command.Check());

    /// <summary>Corrects the ledger after a count. What is reserved stays.</summary>
    [WolverinePost("/v1/stock/{sku}/adjustments"), Allow(Role.Warehouse)]
    [ProducesResponseType<StockView>(StatusCodes.Status200OK)]
    public static IResult Post(AdjustStock command, StockInHand stock, IDocumentSession session, TimeProvider time) =>
        stock.Carry(AdjustStock.Decide(stock.Stock!, command, time.BusinessNow()), session);
}
