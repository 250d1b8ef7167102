using JasperFx.Events;
using JasperFx.Events.Aggregation;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;

namespace Monolith.Operations.Rebuilding;

/// <summary>An inline projection that keeps one document per stream, under the stream's key.</summary>
internal abstract class InlineSnapshot
{
    /// <summary>The stored names of the events that it folds; empty when it takes all.</summary>
    public abstract IReadOnlyList<string> EventNames(IDocumentStore store);

    /// <summary>The table of its documents, with the schema.</summary>
    public abstract string Table(IDocumentStore store);

    /// <summary>Folds one stream from its beginning, as the append does, and puts the result into the session.</summary>
    public abstract Task Fold(IDocumentSession session, string stream, IReadOnlyList<IEvent> events, CancellationToken cancellation);

    /// <returns>Null when the projection is not of this kind.</returns>
    public static InlineSnapshot? Of(IProjectionSource<IDocumentOperations, IQuerySession> source)
    {
        for (var type = source.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(SingleStreamProjection<,>)
                && type.GetGenericArguments() is [var document, var id] && id == typeof(string))
            {
                return (InlineSnapshot)Activator.CreateInstance(typeof(InlineSnapshot<>).MakeGenericType(document), source)!;
            }
        }

        return null;
    }
}

internal sealed class InlineSnapshot<TDocument>(SingleStreamProjection<TDocument, string> projection) : InlineSnapshot
    where TDocument : class
{
    public override IReadOnlyList<string> EventNames(IDocumentStore store) =>
    [
        .. store.Options.Events.AllKnownEventTypes()
            .Where(known => Array.Exists(projection.AllEventTypes, type => type.IsAssignableFrom(known.EventType)))
            .Select(known => known.EventTypeName),
    ];

    public override string Table(IDocumentStore store) => store.Options.Schema.For<TDocument>();

    public override async Task Fold(IDocumentSession session, string stream, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var storage = await session.FetchProjectionStorageAsync<TDocument, string>(session.TenantId, cancellation);
        IAggregator<TDocument, string, IQuerySession> fold = projection;
        if (await fold.BuildAsync(events, session, snapshot: null, stream, storage, cancellation) is { } document)
        {
            storage.StoreProjection(document, events[^1], AggregationScope.SingleStream);
        }
        else
        {
            storage.Delete(stream);
        }
    }
}
