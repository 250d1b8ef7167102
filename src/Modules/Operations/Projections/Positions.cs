using JasperFx.Events.Projections;
using Marten;
using Npgsql;

namespace Monolith.Operations.Projections;

/// <summary>Where the log ends and how far each shard has come: all of it from the database, so that any node gives the same answer.</summary>
/// <param name="Head">The sequence of the last event; 0 in an empty log.</param>
internal sealed record Positions(long Head, IReadOnlyDictionary<string, ShardPosition> Shards)
{
    public static async Task<Positions> Load(
        IDocumentStore store, NpgsqlDataSource database, IReadOnlyList<RegisteredProjection> projections, CancellationToken cancellation)
    {
        var states = (await store.Advanced.AllProjectionProgress(token: cancellation)).ToDictionary(s => s.ShardName, StringComparer.Ordinal);
        var schema = store.Options.Events.DatabaseSchemaName;
        await using var command = database.CreateCommand(
            $"""
            select coalesce((select max(seq_id) from {schema}.mt_events), 0),
                   p.name,
                   (select e.timestamp from {schema}.mt_events e where e.seq_id > p.position and not e.is_archived order by e.seq_id limit 1)
            from unnest($1, $2) as p(name, position)
            """);
        var names = projections.SelectMany(p => p.Shards).DefaultIfEmpty("").ToArray();
        command.Parameters.AddWithValue(names);
        command.Parameters.AddWithValue(names.Select(name => states.GetValueOrDefault(name)?.Sequence ?? 0).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);

        var head = 0L;
        var shards = new Dictionary<string, ShardPosition>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            head = reader.GetInt64(0);
            var name = reader.GetString(1);
            var oldest = await reader.IsDBNullAsync(2, cancellation) ? (DateTimeOffset?)null : await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellation);
            shards[name] = ShardPosition.Of(states.GetValueOrDefault(name), oldest);
        }

        return new Positions(head, shards);
    }
}

/// <param name="OldestWaiting">When the oldest event was recorded that this shard has not seen; null when it has seen all.</param>
/// <param name="IsFollowing">Whether the shard said that it follows the log, when it last said anything.</param>
/// <param name="Error">Why it stopped, if it stopped because of an error.</param>
internal sealed record ShardPosition(long Sequence, DateTimeOffset? OldestWaiting, bool IsFollowing, string? Error)
{
    private const string Running = "Running";
    private const string Paused = "Paused";

    /// <param name="state">Null as long as the shard has not committed anything.</param>
    public static ShardPosition Of(ShardState? state, DateTimeOffset? oldestWaiting) => new(
        state?.Sequence ?? 0,
        oldestWaiting,
        state is null ? oldestWaiting is null : state.AgentStatus == Running,
        // What stopped it before it ran again can be left behind.
        state is { AgentStatus: Paused } or { AgentStatus: not Running, Failure: not null } && !ShardError.IsInterruption(state.Failure, state.PauseReason)
            ? ShardError.Describe(state.Failure?.Event, state.PauseReason)
            : null);
}
