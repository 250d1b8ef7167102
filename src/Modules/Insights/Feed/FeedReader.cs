using System.Runtime.CompilerServices;
using Marten;
using Marten.Events.Archiving;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;

namespace Monolith.Insights.Feed;

/// <summary>
/// Reads public events in the order of the log. Never beyond the high-water mark: below it no transaction can commit any more, so whoever goes on from
/// the last sequence misses nothing.
/// </summary>
public sealed class FeedReader(IDocumentStore store, PublicEvents events, SafeMark mark, TimeProvider time)
{
    /// <summary>Which log the sequences are of.</summary>
    public Task<string> Epoch(CancellationToken cancellation) => FeedEpoch.Current(store, time, cancellation);

    /// <summary>What a client may not ask: types that are not public, a place in another log.</summary>
    public async Task<ProblemDetails?> Refuse(FeedQuery query, string epoch, CancellationToken cancellation)
    {
        events.StoredNames(query.Types, out var unknown);
        query.Errors.Require(unknown.Count == 0, "types", $"has types that are not public: {string.Join(", ", unknown)}");
        return query.Errors.Any ? query.Errors.ToProblem()
            : query.Epoch is { } wanted && (wanted != epoch || await IsBeyondTheLog(query.After, cancellation))
                ? ProblemTypes.FeedEpochChanged.With($"The feed is of epoch {epoch}, and has no event {query.After} in it. Begin anew.")
            : null;
    }

    /// <summary>A log that was restored from a backup may end before a place that a client has kept.</summary>
    private async Task<bool> IsBeyondTheLog(long sequence, CancellationToken cancellation) =>
        sequence > await mark.Current(cancellation) && sequence > await store.Storage.Database.FetchHighestEventSequenceNumber(cancellation);

    /// <returns>Events after a sequence, oldest first, and how far the log has been read for them.</returns>
    public async Task<(IReadOnlyList<CloudEvent> Events, long Through)> Read(
        IReadOnlyList<string>? types, long after, int limit, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await Read(session, types, after, await Freshness.Mark(session, cancellation), limit, cancellation);
    }

    private async Task<(IReadOnlyList<CloudEvent> Events, long Through)> Read(
        IQuerySession session, IReadOnlyList<string>? types, long after, long mark, int limit, CancellationToken cancellation)
    {
        if (after >= mark)
        {
            return ([], after);
        }

        var names = events.StoredNames(types, out _);
        var found = await session.Events.QueryAllRawEvents()
            .Where(e => e.Sequence > after && e.Sequence <= mark && e.EventTypeName.IsOneOf(names) && e.MaybeArchived())
            .OrderBy(e => e.Sequence).Take(limit).ToListAsync(cancellation);
        return ([.. found.Select(events.Show)], found.Count == limit ? found[^1].Sequence : mark);
    }

    /// <summary>The events as they come, without end. An empty page is a sign of life.</summary>
    /// <param name="silence">How long it may take at most until there is one.</param>
    public async IAsyncEnumerable<IReadOnlyList<CloudEvent>> Follow(
        FeedQuery query, int pageSize, TimeSpan silence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (after, said) = (query.After, time.GetTimestamp());
        while (true)
        {
            IReadOnlyList<CloudEvent> page = [];
            if (await mark.Current(cancellation) is var now && now > after)
            {
                await using var session = store.QuerySession();
                (page, after) = await Read(session, query.Types, after, now, pageSize, cancellation);
            }

            if (page.Count > 0 || time.GetElapsedTime(said) >= silence)
            {
                yield return page;
                said = time.GetTimestamp();
            }

            if (page.Count < pageSize)
            {
                await Task.Delay(SafeMark.Age, time, cancellation);
            }
        }
    }
}
