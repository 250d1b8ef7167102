using Marten;
using Npgsql;

namespace Monolith.Operations.Rebuilding;

/// <param name="Events">How many events the stream has.</param>
internal sealed record StreamSize(string Key, long Events);

/// <summary>The streams that a snapshot is made of, archived ones included: their documents must not vanish.</summary>
internal sealed class StreamsOf(InlineSnapshot snapshot, IDocumentStore store, NpgsqlDataSource database)
{
    private const int Unlimited = 0;

    private readonly string schema = store.Options.Events.DatabaseSchemaName;

    public string[] Names { get; } = [.. snapshot.EventNames(store)];

    /// <summary>A stream belongs to the snapshot when it has an event that the snapshot folds.</summary>
    public string Belongs => Names.Length == 0
        ? "s.version > 0"
        : $"exists (select from {schema}.mt_events e where e.stream_id = s.id and e.type = any (@names))";

    public async Task<long> CountEvents(CancellationToken cancellation)
    {
        await using var command = Command($"select coalesce(sum(s.version), 0)::bigint from {schema}.mt_streams s where {Belongs}");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The next streams in the order of their keys.</summary>
    public Task<List<StreamSize>> After(string key, int limit, CancellationToken cancellation) => Read(
        $"select s.id, s.version from {schema}.mt_streams s where s.id > @after and {Belongs} order by s.id limit @limit",
        [new("after", key), new("limit", limit)],
        cancellation);

    public Task<List<StreamSize>> MovedSince(long mark, CancellationToken cancellation) => Read(
        $"""
        select s.id, s.version from {schema}.mt_streams s
        where s.id in (select m.stream_id from {schema}.mt_events m where m.seq_id > @mark) and {Belongs} order by s.id
        """,
        [new("mark", mark)],
        cancellation);

    /// <summary>Locks the rows of those streams that nobody else has locked, until the connection's transaction ends.</summary>
    public async Task<IReadOnlyList<string>> Lock(IReadOnlyList<string> keys, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select s.id from {schema}.mt_streams s where s.id = any ($1) order by s.id for update skip locked", connection);
        command.Parameters.AddWithValue(keys.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var locked = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            locked.Add(reader.GetString(0));
        }

        return locked;
    }

    /// <summary>Documents whose stream does not exist.</summary>
    public async Task DeleteOrphans(CancellationToken cancellation)
    {
        await using var command = Command(
            $"delete from {snapshot.Table(store)} d where not exists (select from {schema}.mt_streams s where s.id = d.id)");
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<List<StreamSize>> Read(string sql, NpgsqlParameter[] parameters, CancellationToken cancellation)
    {
        await using var command = Command(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var streams = new List<StreamSize>();
        while (await reader.ReadAsync(cancellation))
        {
            streams.Add(new StreamSize(reader.GetString(0), reader.GetInt64(1)));
        }

        return streams;
    }

    private NpgsqlCommand Command(string sql)
    {
        var command = database.CreateCommand(sql);
        command.CommandTimeout = Unlimited;
        if (Names.Length > 0)
        {
            command.Parameters.Add(new("names", Names));
        }

        return command;
    }
}
