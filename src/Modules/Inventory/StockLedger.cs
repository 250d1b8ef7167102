using Marten;
using Marten.Services.BatchQuerying;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Kernel.History;

namespace Monolith.Inventory;

/// <summary>
/// Reads ledgers as they are now: the snapshot, which follows the log a little behind, and the events after it. Marten's own
/// <c>FetchForExclusiveWriting</c> and <c>FetchLatest</c> do the same in two statements that see two moments: a snapshot that moves
/// between them leaves events out.
/// </summary>
internal static class StockLedger
{
    /// <summary>For reading; a SKU without events has no ledger and is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, Stock>> Read(
        IQuerySession session, IReadOnlyCollection<string> skus, CancellationToken cancellation)
    {
        var keys = skus.Select(Stock.StreamOf).ToArray();
        var snapshots = (await session.LoadManyAsync<Stock>(cancellation, keys)).ToDictionary(stock => stock.Id, StringComparer.Ordinal);
        var batch = session.CreateBatchQuery();
        var tails = keys.Select(key => Tail(batch, key, snapshots.GetValueOrDefault(key))).ToArray();
        await batch.Execute(cancellation);
        var stocks = new Dictionary<string, Stock>(StringComparer.Ordinal);
        foreach (var (stock, isWhole) in await Task.WhenAll(tails))
        {
            if (stock is not null)
            {
                stocks[stock.Sku] = isWhole ? stock : (await StreamEvents.Fold(session, stock.Id, stock, cancellation))!;
            }
        }

        return stocks;
    }

    /// <summary>
    /// For a decision: nobody else can append to these ledgers until the session's transaction ends. A SKU without events has an empty one.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, Stock>> Hold(
        IDocumentSession session, IReadOnlyCollection<string> skus, CancellationToken cancellation)
    {
        await session.Lock([.. skus.Select(Stock.StreamOf)], cancellation);
        var found = await Read(session, skus, cancellation);
        return skus.ToDictionary(sku => sku, sku => found.GetValueOrDefault(sku) ?? Stock.Empty(sku), StringComparer.Ordinal);
    }

    public static void Append(IDocumentSession session, Stock stock, params IReadOnlyCollection<object> events)
    {
        if (stock.EventsFolded == 0)
        {
            session.Events.StartStream<Stock>(stock.Id, events);
        }
        else
        {
            session.Events.Append(stock.Id, stock.EventsFolded + events.Count, events);
        }
    }

    /// <summary>A page of events at most, with an upper bound for the reason that <see cref="StreamEvents.Read"/> gives.</summary>
    private static async Task<(Stock? Stock, bool IsWhole)> Tail(IBatchedQuery batch, string key, Stock? snapshot)
    {
        var from = snapshot?.EventsFolded ?? 0;
        var events = await batch.Events.FetchStream(key, version: from + StreamEvents.Page, fromVersion: from + 1);
        return (Folded.After(snapshot, events.Select(e => e.Data)), events.Count < StreamEvents.Page);
    }
}
