using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;

namespace Monolith.Ordering.Reporting;

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
        // What is archived still counts: a rebuild must not lose it, nor a projection that was behind when it was archived.
        IncludeArchivedEvents = true;
        foreach (var type in OrderEvents.Types)
        {
            IncludeType(type);
        }

        Options.DeleteViewTypeOnTeardown<TRow>();
        Options.DeleteViewTypeOnTeardown<TNote>();
    }

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var notes = await operations.LoadManyAsync<TNote>(cancellation, events.Select(e => e.StreamKey!).Distinct());
        var moves = Moves(events, notes.Select(OrderOf));
        var rows = await operations.LoadManyAsync<TRow>(cancellation, RowsOf(moves));

        operations.Store<TRow>([.. Count(rows, moves)]);
        operations.Store<TNote>([.. moves.GroupBy(m => m.To.Id).Select(order => NoteOf(order.Last().To))]);
    }

    /// <exception cref="ApplyEventException">Names the event that could not be folded.</exception>
    private static IReadOnlyList<OrderMove> Moves(IReadOnlyList<IEvent> events, IEnumerable<CountedOrder> known)
    {
        IEvent? current = null;
        try
        {
            return OrderMove.Of(events.Select(e => ((current = e).StreamKey!, e.Data)), known);
        }
        catch (Exception exception) when (current is not null)
        {
            throw new ApplyEventException(current, exception);
        }
    }

    /// <summary>The ids of the rows that the moves touch.</summary>
    public IEnumerable<string> RowsOf(IReadOnlyList<OrderMove> moves) =>
        moves.SelectMany(m => new[] { m.From, m.To }).OfType<CountedOrder>().Select(RowIdOf).Distinct();

    /// <summary>The rows after the moves.</summary>
    /// <param name="touched">Those of <see cref="RowsOf"/> that exist already.</param>
    public IReadOnlyCollection<TRow> Count(IEnumerable<TRow> touched, IReadOnlyList<OrderMove> moves)
    {
        var rows = touched.ToDictionary(IdOf);
        foreach (var (from, to) in moves)
        {
            if (from is not null)
            {
                rows[RowIdOf(from)] = Minus(rows[RowIdOf(from)], from);
            }

            rows[RowIdOf(to)] = Plus(rows.GetValueOrDefault(RowIdOf(to)), to);
        }

        return rows.Values;
    }

    public abstract string IdOf(TRow row);

    protected abstract string RowIdOf(CountedOrder order);

    protected abstract TRow Plus(TRow? row, CountedOrder order);

    protected abstract TRow Minus(TRow row, CountedOrder order);

    protected abstract TNote NoteOf(CountedOrder order);

    protected abstract CountedOrder OrderOf(TNote note);
}
