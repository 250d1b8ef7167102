using Marten;
using Marten.Events.Archiving;
using Marten.Services;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Operations.Projections;
using Monolith.Operations.Running;
using Npgsql;

namespace Monolith.Operations.Rebuilding.InPlace;

/// <summary>
/// Rebuilds an inline snapshot while commands go on: stream by stream, never emptying the table. A stream's row is locked while its
/// document is written, so an append comes before or after. An append that began on the old document may still come after; such
/// streams are folded again, the last time when no command can be left that had loaded a document from before.
/// </summary>
internal sealed class InlineRebuild(InlineSnapshot snapshot, IDocumentStore store, NpgsqlDataSource database, TimeProvider time) : IRebuild
{
    private const int PageOfStreams = 500;
    private const int PageOfEvents = 5_000;

    /// <summary>Longer than a command takes from loading its document to its commit.</summary>
    private static readonly TimeSpan LongestCommand = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly StreamsOf streams = new(snapshot, store, database);

    /// <summary>A condition on streams, see <see cref="StreamsOf"/>.</summary>
    public string Belongs => streams.Belongs;

    public string[] EventNames => streams.Names;

    public bool IsSeen => true;

    public Task<long> Measure(CancellationToken cancellation) => streams.CountEvents(cancellation);

    public async Task<Func<int, object>> Run(
        Operation operation, Progress progress, Turn turn, Gate gate, CancellationToken cancellation)
    {
        progress.Enter(Phase.Replaying);
        await streams.DeleteOrphans(cancellation);
        var mark = await LiveProjection.Head(store, cancellation);
        var (last, events) = ("", 0L);
        while (await streams.After(last, PageOfStreams, cancellation) is { Count: > 0 } page)
        {
            foreach (var batch in Batches(page))
            {
                events += await Fold(batch, cancellation);
                progress.At(events);
            }

            last = page[^1].Key;
        }

        progress.Enter(Phase.CatchingUp);
        await Settle(mark, cancellation);
        return generation => new RebuildSucceeded(operation.PublicId, generation, time.BusinessNow());
    }

    /// <summary>Folds streams again that moved since the mark, until no command can be left that had loaded a document from before.</summary>
    public async Task Settle(long mark, CancellationToken cancellation)
    {
        var next = await FoldMoved(mark, cancellation);
        await Task.Delay(LongestCommand, time, cancellation);
        await FoldMoved(next, cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task Resume(CancellationToken cancellation) => Task.CompletedTask;

    public Task Recover(Operation operation, CancellationToken cancellation) => Task.CompletedTask;

    internal static IEnumerable<IReadOnlyList<string>> Batches(IEnumerable<StreamSize> streams)
    {
        var (batch, size) = (new List<string>(), 0L);
        foreach (var stream in streams)
        {
            if (size > 0 && size + stream.Events > PageOfEvents)
            {
                yield return batch;
                (batch, size) = ([], 0);
            }

            batch.Add(stream.Key);
            size += stream.Events;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <returns>The mark to begin the next round at.</returns>
    private async Task<long> FoldMoved(long mark, CancellationToken cancellation)
    {
        // Every event that is not committed yet has a sequence above the high-water mark.
        var next = await LiveProjection.Head(store, cancellation);
        foreach (var batch in Batches(await streams.MovedSince(mark, cancellation)))
        {
            await Fold(batch, cancellation);
        }

        return next;
    }

    private async Task<long> Fold(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var (events, waiting) = (0L, keys);
        while (true)
        {
            var (folded, count) = await FoldUnlocked(waiting, cancellation);
            events += count;
            waiting = [.. waiting.Except(folded, StringComparer.Ordinal)];
            if (waiting.Count == 0)
            {
                return events;
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>Leaves out streams that a command holds just now: waiting for them while holding others could end in a deadlock.</summary>
    private async Task<(IReadOnlyList<string> Folded, long Events)> FoldUnlocked(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession(new SessionOptions { Timeout = 60 });
        await session.BeginTransactionAsync(cancellation);
        var locked = await streams.Lock(keys, session.Connection, cancellation);
        var events = await session.Events.QueryAllRawEvents()
            .Where(e => e.MaybeArchived() && e.StreamKey!.IsOneOf(locked.ToArray()))
            .OrderBy(e => e.StreamKey).ThenBy(e => e.Version)
            .ToListAsync(cancellation);
        foreach (var stream in events.GroupBy(e => e.StreamKey!, StringComparer.Ordinal))
        {
            await snapshot.Fold(session, stream.Key, [.. stream], cancellation);
        }

        await session.SaveChangesAsync(cancellation);
        return (locked, events.Count);
    }
}
