using Monolith.Contracts.Inventory;

namespace Monolith.Inventory.Reserving;

/// <summary>What a message about an order's pieces leads to.</summary>
/// <param name="Reservation">As it is from now on; null when nothing changes.</param>
/// <param name="Events">For the ledgers of these SKUs.</param>
/// <param name="Messages">The answer.</param>
public sealed record StockMove(
    Reservation? Reservation, IReadOnlyList<(string Sku, object Event)> Events, IReadOnlyList<object> Messages)
{
    public static readonly StockMove Nothing = new(Reservation: null, [], []);
}

/// <summary>Decides what moves: all lines of an order or none, and each once, however often its message comes.</summary>
public static class StockMoves
{
    /// <summary>What the order wants of each SKU, in the order of the SKUs.</summary>
    public static IReadOnlyList<StockLine> Wanted(ReserveStock message) =>
    [
        .. message.Lines.GroupBy(line => line.Sku, StringComparer.Ordinal)
            .Select(sku => new StockLine(sku.Key, sku.Sum(line => line.Quantity)))
            .OrderBy(line => line.Sku, StringComparer.Ordinal),
    ];

    /// <param name="known">What was decided about the order before.</param>
    /// <param name="ledgers">By SKU; those that are wanted.</param>
    public static StockMove Decide(
        Reservation? known, ReserveStock message, IReadOnlyDictionary<string, Stock> ledgers, DateTimeOffset now)
    {
        if (known is not null)
        {
            return StockMove.Nothing;
        }

        var wanted = Wanted(message);
        string[] missing = [.. wanted.Where(line => ledgers[line.Sku].Available < line.Quantity).Select(line => line.Sku)];
        return missing.Length > 0
            ? new StockMove(new Reservation(message.OrderId, ReservationState.Refused, []), [], [new OutOfStock(message.OrderId, missing)])
            : new StockMove(
                new Reservation(message.OrderId, ReservationState.Held, wanted),
                [.. wanted.Select(line => (line.Sku, (object)new QuantityReserved(line.Sku, message.OrderId, line.Quantity, now)))],
                [new ReservationMade(message.OrderId)]);
    }

    public static StockMove Decide(Reservation? known, ReleaseStock message, DateTimeOffset now) => End(
        known, ReservationState.Released, line => new QuantityReleased(line.Sku, message.OrderId, line.Quantity, now));

    public static StockMove Decide(Reservation? known, ShipStock message, DateTimeOffset now) => End(
        known, ReservationState.Shipped, line => new QuantityShipped(line.Sku, message.OrderId, line.Quantity, now));

    private static StockMove End(Reservation? known, ReservationState state, Func<StockLine, object> move) =>
        known is { State: ReservationState.Held }
            ? new StockMove(known with { State = state }, [.. known.Lines.Select(line => (line.Sku, move(line)))], [])
            : StockMove.Nothing;
}
