using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using Monolith.Contracts.Inventory;
using Monolith.Kernel.Folding;
using Monolith.Kernel.History;

namespace Monolith.Inventory;

/// <summary>The pieces of one SKU: in the warehouse, and how many of them are kept for orders.</summary>
/// <param name="Id">The key of its stream, see <see cref="StreamOf"/>.</param>
/// <param name="EventsFolded">How many events led here, which is the version of the stream.</param>
public sealed record Stock(string Id, long OnHand, long Reserved, long EventsFolded) : IFolded<Stock>
{
    private const string Prefix = "stock-";

    public string Sku => Id[Prefix.Length..];

    /// <summary>Pieces that an order can have.</summary>
    public long Available => OnHand - Reserved;

    public static string StreamOf(string sku) => Prefix + sku;

    /// <summary>What there is of a product before anything arrived.</summary>
    public static Stock Empty(string sku) => new(StreamOf(sku), OnHand: 0, Reserved: 0, EventsFolded: 0);

    public static Stock? Fold(Stock? state, object e) => e switch
    {
        StockReceived received => (state ?? Empty(received.Sku)).Plus(onHand: received.Quantity),
        StockAdjusted adjusted => (state ?? Empty(adjusted.Sku)).Plus(onHand: adjusted.Delta),
        QuantityReserved reserved => (state ?? Empty(reserved.Sku)).Plus(reserved: reserved.Quantity),
        QuantityReleased released => (state ?? Empty(released.Sku)).Plus(reserved: -released.Quantity),
        QuantityShipped shipped => (state ?? Empty(shipped.Sku)).Plus(onHand: -shipped.Quantity, reserved: -shipped.Quantity),
        _ => state?.Plus(),
    };

    private Stock Plus(long onHand = 0, long reserved = 0) =>
        this with { OnHand = OnHand + onHand, Reserved = Reserved + reserved, EventsFolded = EventsFolded + 1 };
}

/// <summary>
/// Keeps a snapshot of every ledger, asynchronously: a ledger gets long, and what is decided on it folds only the events after the
/// snapshot (<see cref="StockLedger"/>).
/// </summary>
public sealed class StockProjection : SingleStreamProjection<Stock, string>
{
    public const string ProjectionName = "Stock";

    public StockProjection()
    {
        Name = ProjectionName;
        foreach (var type in InventoryModule.Events.Keys)
        {
            IncludeType(type);
        }
    }

    /// <summary>A snapshot that was deleted is made again from the ledger, by the next event.</summary>
    public override async ValueTask<Stock?> EvolveAsync(Stock? snapshot, string id, IQuerySession session, IEvent e, CancellationToken cancellation) =>
        snapshot is null && e.Version > 1
            ? await StreamEvents.Fold<Stock>(session, id, state: null, cancellation, upTo: e.Version)
            : Stock.Fold(snapshot, e.Data);
}
