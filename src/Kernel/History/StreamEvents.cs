using JasperFx.Events;
using Marten;
using Marten.Events.Archiving;
using Monolith.Kernel.Folding;

namespace Monolith.Kernel.History;

/// <summary>Reads one stream from the log, in the order of its versions, whether or not it is archived.</summary>
public static class StreamEvents
{
    /// <summary>As many events as are held in memory at a time.</summary>
    public const int Page = 5_000;

    /// <param name="after">The version that comes before the first one to read.</param>
    public static Task<IReadOnlyList<IEvent>> Read(
        IQuerySession session, string stream, long after, int limit, CancellationToken cancellation)
    {
        // Versions have no gaps, so this is the limit. As a bound it also tells the database that few events come after it: of a long stream it
        // would expect many, and scan its table for them.
        var last = after + limit;
        return session.Events.QueryAllRawEvents()
            .Where(e => e.StreamKey == stream && e.Version > after && e.Version <= last && e.MaybeArchived())
            .OrderBy(e => e.Version).ToListAsync(cancellation);
    }

    /// <summary>Folds a stream page by page, so that the length of the stream costs time, but no memory.</summary>
    /// <param name="state">What is folded already; null for nothing.</param>
    /// <param name="upTo">The last version to fold.</param>
    public static async Task<TState?> Fold<TState>(
        IQuerySession session, string stream, TState? state, CancellationToken cancellation, long upTo = long.MaxValue)
        where TState : class, IFolded<TState>
    {
        for (var version = state?.EventsFolded ?? 0; ;)
        {
            var events = await Read(session, stream, version, Page, cancellation);
            state = Folded.After(state, events.TakeWhile(e => e.Version <= upTo).Select(e => e.Data));
            if (events.Count < Page || events[^1].Version >= upTo)
            {
                return state;
            }

            version = events[^1].Version;
        }
    }
}
