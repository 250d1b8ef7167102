using Marten;
using Monolith.Contracts.Inventory;
using Monolith.Kernel;
using Wolverine;

namespace Monolith.Inventory.Reserving;

/// <summary>
/// Keeps, frees and ships the pieces of orders, each in one transaction over the ledgers of all its SKUs. The ledgers are held while it
/// is decided, so orders that want the same pieces are served one after the other.
/// </summary>
public static class StockHandler
{
    public static async Task<OutgoingMessages> Handle(
        ReserveStock message, IDocumentSession session, TimeProvider time, CancellationToken cancellation)
    {
        var ledgers = await StockLedger.Hold(session, [.. StockMoves.Wanted(message).Select(line => line.Sku)], cancellation);
        var known = await session.LoadAsync<Reservation>(message.OrderId, cancellation);
        return Carry(session, ledgers, StockMoves.Decide(known, message, ledgers, time.BusinessNow()));
    }

    public static async Task Handle(ReleaseStock message, IDocumentSession session, TimeProvider time, CancellationToken cancellation)
    {
        var (known, ledgers) = await HoldReserved(message.OrderId, session, cancellation);
        Carry(session, ledgers, StockMoves.Decide(known, message, time.BusinessNow()));
    }

    public static async Task Handle(ShipStock message, IDocumentSession session, TimeProvider time, CancellationToken cancellation)
    {
        var (known, ledgers) = await HoldReserved(message.OrderId, session, cancellation);
        Carry(session, ledgers, StockMoves.Decide(known, message, time.BusinessNow()));
    }

    private static async Task<(Reservation?, IReadOnlyDictionary<string, Stock>)> HoldReserved(
        string orderId, IDocumentSession session, CancellationToken cancellation)
    {
        var known = await session.LoadAsync<Reservation>(orderId, cancellation);
        return (known, await StockLedger.Hold(session, [.. known?.Lines.Select(line => line.Sku) ?? []], cancellation));
    }

    private static OutgoingMessages Carry(IDocumentSession session, IReadOnlyDictionary<string, Stock> ledgers, StockMove move)
    {
        foreach (var (sku, e) in move.Events)
        {
            StockLedger.Append(session, ledgers[sku], e);
        }

        // Its version is checked: of two messages at once that found the same reservation, the second is run again.
        if (move.Reservation is { } reservation)
        {
            session.Store(reservation);
        }

        return [.. move.Messages];
    }
}
