using System.Data.Common;
using System.Runtime.CompilerServices;
using JasperFx.Events;
using Marten;
using Marten.Events;
using Npgsql;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// Reads events in the order of their streams. Marten makes them out of the rows, but not column by column as the rows come in: a row is waited
/// for as a whole.
/// </summary>
/// <param name="names">What the wanted events are called in the log; none for all events.</param>
internal sealed class EventsByStream(DocumentStore store, NpgsqlDataSource database, string[] names, bool isArchiveIncluded)
{
    private const int EventsOfPage = 5_000;

    private readonly IEventStorage rows = (IEventStorage)store.Storage.Database.Providers.StorageFor<IEvent>().QueryOnly;

    private readonly string wanted =
        $"{store.Options.Events.DatabaseSchemaName}.mt_events where seq_id <= @upTo"
        + (isArchiveIncluded ? "" : " and not is_archived")
        + (names.Length > 0 ? " and type = any (@names)" : "");

    public async Task<long> Count(long upTo, CancellationToken cancellation)
    {
        await using var command = Command($"select count(*) from {wanted}", upTo);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Page by page, so that no query stays open while somebody takes his time with the events.</summary>
    /// <param name="last">The key of the last stream; null for no end.</param>
    public async IAsyncEnumerable<IEvent> Between(string after, string? last, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var range = "(stream_id, version) > (@after, @version)" + (last is null ? "" : " and stream_id <= @last");
        var (stream, version, page) = (after, long.MaxValue, new List<IEvent>(EventsOfPage));
        do
        {
            page.Clear();
            await foreach (var e in Read(range, EventsOfPage, upTo, cancellation, new("after", stream), new("version", version), new("last", last ?? "")))
            {
                page.Add(e);
            }

            foreach (var e in page)
            {
                yield return e;
            }

            (stream, version) = page is [.., var end] ? (end.StreamKey!, end.Version) : (stream, version);
        }
        while (page.Count == EventsOfPage);
    }

    public IAsyncEnumerable<IEvent> Of(IReadOnlyList<string> streams, CancellationToken cancellation) =>
        Read("stream_id = any (@streams)", int.MaxValue, long.MaxValue, cancellation, new NpgsqlParameter("streams", streams.ToArray()));

    private async IAsyncEnumerable<IEvent> Read(
        string streams, int most, long upTo, [EnumeratorCancellation] CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(
            $"select {string.Join(", ", rows.SelectFields())} from {wanted} and {streams} order by stream_id, version limit {most}", upTo);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return await Read(reader, cancellation);
        }
    }

    private async ValueTask<IEvent> Read(DbDataReader reader, CancellationToken cancellation)
    {
        var selector = (Weasel.Storage.ISelector<IEvent>)rows;
        try
        {
            return selector.Resolve(reader);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Only this one says which event it was.
            return await selector.ResolveAsync(reader, cancellation);
        }
    }

    /// <summary>Without a limit of time: one query may be for one very long stream.</summary>
    private NpgsqlCommand Command(string sql, long upTo)
    {
        var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("upTo", upTo);
        command.Parameters.AddWithValue("names", names);
        return command;
    }
}
