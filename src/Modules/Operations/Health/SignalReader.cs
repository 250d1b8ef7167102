using Marten;
using Monolith.Operations.Projections;
using Npgsql;

namespace Monolith.Operations.Health;

/// <summary>Reads the signals in one round trip. Ages are measured by the clock that wrote what they are the age of.</summary>
internal static class SignalReader
{
    private const string Messages = "wolverine";
    private const int MostSkips = 20;

    public static async Task<Signals> Read(
        IDocumentStore store, NpgsqlDataSource database, IReadOnlyList<RegisteredProjection> projections, HealthOptions options, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var events = store.Options.Events.DatabaseSchemaName;
        await using var batch = database.CreateBatch();
        Add(batch, Mark(events));
        Add(batch, Rests(events), (object)projections.SelectMany(p => p.Shards).ToArray());
        Add(batch, Pulses(store.Options.Schema.For<NodePulse>()));
        Add(batch, IdleTransactions, options.IdleTransaction);
        Add(batch, Skips(events), options.SkipsShownFor, MostSkips);
        Add(batch, DeadLetters(events));
        Add(batch, Waiting.Outbox(Messages));
        Add(batch, Waiting.Inbox(Messages));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);

        var (mark, markAge, beyond) = (await Rows(reader, r => (r.GetInt64(0), r.GetDouble(1), Time(r, 2)), cancellation))[0];
        var rests = await NextRows(reader, r => (Shard: r.GetString(0), MovedAgo: r.IsDBNull(1) ? double.MaxValue : r.GetDouble(1), Waiting: Time(r, 2)), cancellation);
        var polls = await NextRows(reader, r => new NodePoll(int.Parse(r.GetString(0)), Round(r.GetDouble(1))), cancellation);
        var idle = await NextRows(reader, r => new IdleTransaction(r.GetInt32(0), r.GetString(1), Round(r.GetDouble(2)), r.GetString(3)), cancellation);
        var skips = await NextRows(reader, r => new SkippedRange(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), Round(r.GetDouble(3))), cancellation);
        var deadLetters = (await NextRows(reader, r => (Messages: r.GetInt64(0), Projections: r.GetInt64(1)), cancellation))[0];
        var outbox = await NextRows(reader, Waiting.Age, cancellation);
        var inbox = await NextRows(reader, Waiting.Age, cancellation);

        return new Signals(
            mark, Round(markAge), AgeOf(beyond, now), polls, RestsOf(projections, rests, now), idle, skips, Round(outbox.DefaultIfEmpty().Max()),
            Round(inbox.DefaultIfEmpty().Max()), deadLetters.Messages, deadLetters.Projections);
    }

    private static string Mark(string events) =>
        $"""
        select coalesce(mark.last_seq_id, 0),
               coalesce(extract(epoch from now() - mark.last_updated), 0)::float8,
               (select e.timestamp from {events}.mt_events e
                where e.seq_id > coalesce(mark.last_seq_id, 0) and not e.is_archived order by e.seq_id limit 1)
        from (values (1)) as one(row) left join {events}.mt_event_progression mark on mark.name = 'HighWaterMark'
        """;

    /// <summary>Only what lies between a shard and the mark is something that it could do.</summary>
    private static string Rests(string events) =>
        $"""
        select s.name,
               extract(epoch from now() - p.last_updated)::float8,
               (select e.timestamp from {events}.mt_events e
                where e.seq_id > coalesce(p.last_seq_id, 0) and e.seq_id <= mark.last_seq_id and not e.is_archived order by e.seq_id limit 1)
        from unnest($1) as s(name)
        left join {events}.mt_event_progression p on p.name = s.name
        left join {events}.mt_event_progression mark on mark.name = 'HighWaterMark'
        """;

    private static string Pulses(string table) =>
        $"""
        select id, (data ->> 'highWaterAgeSeconds')::float8 + extract(epoch from now() - mt_last_modified)::float8
        from {table} where data ->> 'highWaterAgeSeconds' is not null
        """;

    private const string IdleTransactions =
        """
        select pid, coalesce(nullif(application_name, ''), usename::text, 'somebody'), extract(epoch from now() - state_change)::float8, state
        from pg_stat_activity
        where datname = current_database() and state like 'idle in transaction%' and now() - state_change > $1
        order by state_change
        """;

    private static string Skips(string events) =>
        $"""
        select s.starting_sequence, s.ending_sequence,
               s.ending_sequence - s.starting_sequence
                 - (select count(*) from {events}.mt_events e where e.seq_id > s.starting_sequence and e.seq_id <= s.ending_sequence),
               extract(epoch from now() - s.timestamp)::float8
        from {events}.mt_high_water_skips s where now() - s.timestamp <= $1
        order by s.ending_sequence desc limit $2
        """;

    private static string DeadLetters(string events) =>
        $"""
        select (select count(*) from {Messages}.wolverine_dead_letters where archived_at is null),
               (select count(*) from {events}.mt_doc_deadletterevent)
                 + (select count(*) from kernel.mt_doc_setasideevent where data ->> 'projection' !~ '(Shadow_[^_]+_[0-9]+|Previous)$')
        """;

    private static Dictionary<string, double> RestsOf(
        IReadOnlyList<RegisteredProjection> projections, IReadOnlyList<(string Shard, double MovedAgo, DateTimeOffset? Waiting)> rests, DateTimeOffset now) =>
        (from projection in projections
         from rest in rests
         where projection.Shards.Contains(rest.Shard) && rest.Waiting is not null
         group Round(Math.Min(rest.MovedAgo, AgeOf(rest.Waiting, now))) by projection.Name)
        .ToDictionary(group => group.Key, group => group.Max(), StringComparer.Ordinal);

    private static double AgeOf(DateTimeOffset? moment, DateTimeOffset now) => moment is { } at ? Math.Max(0, Round((now - at).TotalSeconds)) : 0;

    private static double Round(double seconds) => Math.Round(seconds, 3);

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> parameters)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        batch.BatchCommands.Add(command);
    }

    private static async Task<IReadOnlyList<T>> NextRows<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        return await Rows(reader, read, cancellation);
    }

    private static async Task<IReadOnlyList<T>> Rows<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
