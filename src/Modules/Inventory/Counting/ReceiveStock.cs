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

/// <summary>Goods arrived.</summary>
public sealed record ReceiveStock(int? Quantity, string? Reference)
{
    public InputErrors Check() => new InputErrors()
        .Require(Kernel.Quantity.IsValid(Quantity), "quantity", Kernel.Quantity.Rule)
        .Text(Reference, "reference");

    public static Decision Decide(Stock stock, ReceiveStock command, DateTimeOffset now) =>
        Decision.Accept(new StockReceived(stock.Sku, command.Quantity!.Value, command.Reference!, now));
}

public static class ReceiveStockEndpoint
{
    public static Task<StockInHand> LoadAsync(string sku, IProductCatalog catalog, IDocumentSession session, CancellationToken cancellation) =>
        StockInHand.Load(sku, catalog, session, cancellation);

    public static ProblemDetails Validate(ReceiveStock command, StockInHand stock, HttpContext http) => stock.Check(http, command.Check());

    /// <summary>Records that goods arrived.</summary>
    [WolverinePost("/v1/stock/{sku}/receipts"), Allow(Role.Warehouse)]
    [ProducesResponseType<StockView>(StatusCodes.Status200OK)]
    public static IResult Post(ReceiveStock command, StockInHand stock, IDocumentSession session, TimeProvider time) =>
        stock.Carry(ReceiveStock.Decide(stock.Stock!, command, time.BusinessNow()), session);
}
