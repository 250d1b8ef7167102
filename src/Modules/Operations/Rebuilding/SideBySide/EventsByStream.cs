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

    /// <param name="last">The key of the last stream; null for no end.</param>
    public IAsyncEnumerable<IEvent> Between(string after, string? last, long upTo, CancellationToken cancellation) => Read(
        "stream_id > @after" + (last is null ? "" : " and stream_id <= @last"), upTo, cancellation, new("after", after), new("last", last ?? ""));

    public IAsyncEnumerable<IEvent> Of(IReadOnlyList<string> streams, CancellationToken cancellation) =>
        Read("stream_id = any (@streams)", long.MaxValue, cancellation, new NpgsqlParameter("streams", streams.ToArray()));

    private async IAsyncEnumerable<IEvent> Read(
        string streams, long upTo, [EnumeratorCancellation] CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(
            $"select {string.Join(", ", rows.SelectFields())} from {wanted} and {streams} order by stream_id, version", upTo);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return ((Weasel.Storage.ISelector<IEvent>)rows).Resolve(reader);
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
