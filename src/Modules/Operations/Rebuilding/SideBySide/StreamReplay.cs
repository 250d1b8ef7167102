using System.Runtime.CompilerServices;
using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using Monolith.Kernel.History;
using Monolith.Operations.Running;
using Npgsql;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// Folds whole streams into a shadow of a projection that keeps one document per stream, in the order of the streams instead of that of the
/// log: every document is written once, and however much there is, each part holds no more than a page of events and a batch of documents.
/// </summary>
internal abstract class StreamReplay
{
    /// <summary>Everything up to a position of the log, into empty tables.</summary>
    /// <param name="upTo">The last sequence to fold.</param>
    /// <param name="processed">Is told how many events more have been folded, from several threads.</param>
    public abstract Task Everything(long upTo, int parallelism, Gate gate, Action<long> processed, CancellationToken cancellation);

    /// <summary>These streams again, as they are by now, in place of what the shadow has of them.</summary>
    public abstract Task Again(IReadOnlyList<string> streams, CancellationToken cancellation);

    /// <summary>How many events there are to fold.</summary>
    public abstract Task<long> Count(long upTo, CancellationToken cancellation);

    /// <returns>Null when the projection is not of this kind.</returns>
    public static StreamReplay? Of(Shadow shadow, NpgsqlDataSource database)
    {
        for (var type = shadow.Source.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(SingleStreamProjection<,>)
                && type.GetGenericArguments() is [var document, var id] && id == typeof(string))
            {
                return (StreamReplay)Activator.CreateInstance(typeof(StreamReplay<>).MakeGenericType(document), shadow, database)!;
            }
        }

        return null;
    }
}

internal sealed class StreamReplay<TDocument>(Shadow shadow, NpgsqlDataSource database) : StreamReplay
    where TDocument : class
{
    private const int StreamsOfChunk = 5_000;
    private const int DocumentsOfCopy = 5_000;
    private const int StreamsOfRound = 500;

    private readonly SingleStreamProjection<TDocument, string> projection = (SingleStreamProjection<TDocument, string>)shadow.Source;
    private readonly DocumentCopy<TDocument> copy = new(shadow.Store);
    private readonly string schema = shadow.Store.Options.Events.DatabaseSchemaName;
    private readonly EventsByStream log = LogOf(shadow.Store, database, (SingleStreamProjection<TDocument, string>)shadow.Source);

    public override async Task Everything(long upTo, int parallelism, Gate gate, Action<long> processed, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
        var indexes = await SearchIndexes.Take(database, shadow.Tables[0], cancellation);
        await Parallel.ForEachAsync(Chunks(cancellation), parallel, async (chunk, stop) => await Replay(chunk, upTo, gate, processed, stop));
        await Parallel.ForEachAsync(indexes, parallel, async (index, stop) => await SearchIndexes.Make(database, index, stop));
    }

    public override async Task Again(IReadOnlyList<string> streams, CancellationToken cancellation)
    {
        foreach (var keys in streams.Chunk(StreamsOfRound))
        {
            await using var session = shadow.Store.LightweightSession();
            var rows = new List<FoldedStream<TDocument>>();
            await foreach (var row in FoldedStreams.Of(projection, log.Of(keys, cancellation), session, cancellation))
            {
                rows.Add(row);
            }

            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using (var delete = new NpgsqlCommand($"delete from {shadow.Tables[0].Shadow} where id = any ($1)", connection))
            {
                delete.Parameters.AddWithValue(keys);
                await delete.ExecuteNonQueryAsync(cancellation);
            }

            await copy.Write(connection, rows, cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    public override Task<long> Count(long upTo, CancellationToken cancellation) => log.Count(upTo, cancellation);

    private async Task Replay((string After, string? Last) chunk, long upTo, Gate gate, Action<long> processed, CancellationToken cancellation)
    {
        var (after, last) = chunk;
        await using var session = shadow.Store.LightweightSession();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var (rows, count) = (new List<FoldedStream<TDocument>>(), 0);
        await foreach (var row in FoldedStreams.Of(projection, Counted(log.Between(after, last, upTo, cancellation)), session, cancellation))
        {
            rows.Add(row);
            if (rows.Count == DocumentsOfCopy)
            {
                await Write();
            }
        }

        await Write();

        async Task Write()
        {
            await copy.Write(connection, rows, cancellation);
            rows.Clear();
            await Report();
        }

        async Task Report()
        {
            processed(count);
            await gate.Pass(count, cancellation);
            count = 0;
        }

        async IAsyncEnumerable<IEvent> Counted(IAsyncEnumerable<IEvent> events)
        {
            await foreach (var e in events)
            {
                yield return e;
                if (++count == FoldedStreams.EventsOfSlice)
                {
                    await Report();
                }
            }
        }
    }

    /// <summary>The boundaries of the chunks, by the order of the streams' keys; the last one is open, for streams that are new.</summary>
    private async IAsyncEnumerable<(string After, string? Last)> Chunks([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (string? after = string.Empty; after is not null;)
        {
            await using var command = database.CreateCommand(
                $"select id from {schema}.mt_streams where id > $1 order by id offset $2 limit 1");
            command.Parameters.AddWithValue(after);
            command.Parameters.AddWithValue(StreamsOfChunk - 1);
            var last = (string?)await command.ExecuteScalarAsync(cancellation);
            yield return (after, last);
            after = last;
        }
    }

    private static EventsByStream LogOf(DocumentStore store, NpgsqlDataSource database, SingleStreamProjection<TDocument, string> projection) => new(
        store, database, NamesOf(store, projection), projection.IncludeArchivedEvents);

    /// <summary>What the events that it folds are called in the log, in every version.</summary>
    private static string[] NamesOf(IDocumentStore store, SingleStreamProjection<TDocument, string> projection) =>
    [
        .. store.Options.Events.AllKnownEventTypes()
            .Where(known => Array.Exists(projection.AllEventTypes, type => type.IsAssignableFrom(known.EventType)))
            .SelectMany(known => EventName.AllVersions(known.EventTypeName)),
    ];
}
