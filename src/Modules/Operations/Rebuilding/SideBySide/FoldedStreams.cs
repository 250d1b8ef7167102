using System.Runtime.CompilerServices;
using JasperFx.Events;
using JasperFx.Events.Aggregation;
using Marten;
using Marten.Events.Aggregation;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <param name="Document">What the stream was folded into; null when that is nothing.</param>
/// <param name="Version">The version of the stream that it was folded up to.</param>
internal readonly record struct FoldedStream<TDocument>(string Stream, TDocument? Document, long Version)
    where TDocument : class;

/// <summary>Folds whole streams one after the other, a slice of each at a time, so that the length of a stream costs no memory.</summary>
internal static class FoldedStreams
{
    public const int EventsOfSlice = 5_000;

    /// <param name="events">In the order of their streams, and there of their versions.</param>
    public static async IAsyncEnumerable<FoldedStream<TDocument>> Of<TDocument>(
        SingleStreamProjection<TDocument, string> projection, IAsyncEnumerable<IEvent> events, IDocumentSession session,
        [EnumeratorCancellation] CancellationToken cancellation)
        where TDocument : class
    {
        var storage = await session.FetchProjectionStorageAsync<TDocument, string>(session.TenantId, cancellation);
        IAggregator<TDocument, string, IQuerySession> aggregator = projection;
        var (slice, state) = (new List<IEvent>(), (TDocument?)null);
        await foreach (var e in events)
        {
            var isNext = slice.Count > 0 && slice[^1].StreamKey != e.StreamKey;
            if (isNext || slice.Count == EventsOfSlice)
            {
                state = await Build();
                if (isNext)
                {
                    yield return new FoldedStream<TDocument>(slice[^1].StreamKey!, state, slice[^1].Version);
                    state = null;
                }

                slice = [];
            }

            slice.Add(e);
        }

        if (slice.Count > 0)
        {
            yield return new FoldedStream<TDocument>(slice[^1].StreamKey!, await Build(), slice[^1].Version);
        }

        ValueTask<TDocument?> Build() => aggregator.BuildAsync(slice, session, state, slice[0].StreamKey!, storage, cancellation);
    }
}
