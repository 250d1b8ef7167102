using System.Globalization;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Monolith.Contracts.Catalog;
using Monolith.Inventory.Viewing;
using Monolith.Kernel.Access;
using Monolith.Kernel.History;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Problems;
using Wolverine.Http;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Monolith.Inventory.History;

/// <summary>
/// The stock where a page of its replay begins. The cursor carries it, because a ledger is long: a page folds its own events only, wherever
/// in the ledger it is.
/// </summary>
/// <param name="Stock">Null on the first page.</param>
public sealed record ReplayStart(Stock? Stock)
{
    public long Version => Stock?.EventsFolded ?? 0;

    public static ReplayStart Read(string sku, CollectionQuery query)
    {
        if (query.After is not { Id: var id })
        {
            return new ReplayStart(Stock: null);
        }

        var parts = id.Split('.', 4);
        var numbers = parts.Take(3).Select(text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : (long?)null);
        if (numbers.ToArray() is [{ } version and > 0, { } onHand, { } reserved] && parts is [.., var ledger] && ledger == sku)
        {
            return new ReplayStart(new Stock(Stock.StreamOf(sku), onHand, reserved, version));
        }

        query.Errors.Add("cursor", "is not a cursor of this collection");
        return new ReplayStart(Stock: null);
    }

    public static Cursor Next(StockView stock) => new(DateTimeOffset.UnixEpoch, $"{stock.Version}.{stock.OnHand}.{stock.Reserved}.{stock.Sku}");
}

public static class ReplayStockEndpoint
{
    public static (CollectionQuery, ReplayRange, ReplayStart) Load(string sku, HttpContext http)
    {
        var query = new CollectionQuery(http);
        return (query, ReplayRange.Read(query), ReplayStart.Read(sku, query));
    }

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>The stock after each event of its ledger, and what each one changed, oldest first.</summary>
    [WolverineGet("/v1/stock/{sku}/replay"), AllowStaffAnd]
    [ProducesResponseType<Page<ReplayStep<StockView>>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        string sku, CollectionQuery query, ReplayRange range, ReplayStart start, IProductCatalog catalog, IQuerySession session, Masks masks,
        IOptions<JsonOptions> json, HttpContext http, CancellationToken cancellation)
    {
        var ledger = Stock.StreamOf(sku);
        var before = range.FromVersion is > 1 and { } from
            ? await StreamEvents.Fold<Stock>(session, ledger, state: null, cancellation, upTo: from - 1)
            : start.Stock;
        var events = await StreamEvents.Read(session, ledger, range.FromVersion - 1 ?? start.Version, query.Limit + 1, cancellation);
        if (events is [] && (await catalog.Find([sku], cancellation)).Count == 0)
        {
            return Results.Problem(ProblemTypes.NotFound.With("There is no product with this SKU."));
        }

        var steps = Replay.Of(before, events, StockView.Of, e => masks.Show(e, http.User), json.Value.SerializerOptions);
        return Page.Answer(Page.Of(steps, query.Limit, step => ReplayStart.Next(step.State)), http);
    }
}
