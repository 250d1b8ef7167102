using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Monolith.Contracts.Ordering;

namespace Monolith.Ordering.Reporting;

/// <summary>What a tally has to remember of an order, to take it out of one row and put it into another.</summary>
public sealed record CountedOrder(string Id, string CustomerId, DateTimeOffset PlacedAt, string Currency, decimal Total, OrderStatus Status)
{
    public static CountedOrder? Fold(CountedOrder? order, object e) => (order, e) switch
    {
        (_, OrderPlaced p) => new CountedOrder(p.OrderId, p.CustomerId, p.PlacedAt, p.Currency, p.Total, OrderStatus.Placed),
        (null, _) => null,
        _ => order with { Status = OrderStatuses.After(order.Status, e) },
    };
}

/// <summary>
/// Sums over orders, in rows. Each event moves its order: out of the row where it stood, into the row where it stands now. A page is
/// folded event by event in the order of the log, so the rows do not depend on the sizes of pages; what a page changed is written
/// with its progress in one transaction.
/// </summary>
/// <typeparam name="TRow">The row that a reader sees.</typeparam>
/// <typeparam name="TNote">The stored <see cref="CountedOrder"/> of this tally, a type of its own so that a rebuild clears only this one.</typeparam>
public abstract class OrderTally<TRow, TNote> : ProjectionBase, IProjection
    where TRow : class
    where TNote : class
{
    protected OrderTally(string name)
    {
        Name = name;
        foreach (var type in OrderEvents.Types)
        {
            IncludeType(type);
        }

        Options.DeleteViewTypeOnTeardown<TRow>();
        Options.DeleteViewTypeOnTeardown<TNote>();
    }

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var orderIds = events.Select(e => e.StreamKey!).Distinct();
        var orders = (await operations.LoadManyAsync<TNote>(cancellation, orderIds)).Select(OrderOf).ToDictionary(o => o.Id);
        var moves = new List<(CountedOrder? From, CountedOrder To)>();
        foreach (var e in events)
        {
            var before = orders.GetValueOrDefault(e.StreamKey!);
            if (CountedOrder.Fold(before, e.Data) is { } after && after != before)
            {
                orders[after.Id] = after;
                moves.Add((before, after));
            }
        }

        var rowIds = moves.SelectMany(m => new[] { m.From, m.To }).OfType<CountedOrder>().Select(RowIdOf).Distinct();
        var rows = (await operations.LoadManyAsync<TRow>(cancellation, rowIds)).ToDictionary(IdOf);
        foreach (var (from, to) in moves)
        {
            if (from is not null)
            {
                rows[RowIdOf(from)] = Minus(rows[RowIdOf(from)], from);
            }

            rows[RowIdOf(to)] = Plus(rows.GetValueOrDefault(RowIdOf(to)), to);
        }

        operations.Store<TRow>([.. rows.Values]);
        operations.Store<TNote>([.. moves.Select(m => m.To.Id).Distinct().Select(id => NoteOf(orders[id]))]);
    }

    protected abstract string RowIdOf(CountedOrder order);

    protected abstract string IdOf(TRow row);

    protected abstract TRow Plus(TRow? row, CountedOrder order);

    protected abstract TRow Minus(TRow row, CountedOrder order);

    protected abstract TNote NoteOf(CountedOrder order);

    protected abstract CountedOrder OrderOf(TNote note);
}
