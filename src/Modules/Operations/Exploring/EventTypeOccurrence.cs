using Marten;
using Npgsql;

namespace Monolith.Operations.Exploring;

/// <summary>How often a type of event is in the log, counted over the index of the types.</summary>
/// <param name="Last">The sequence of the last one.</param>
internal sealed record EventTypeOccurrence(long Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, long Last)
{
    public static async Task<IReadOnlyDictionary<string, EventTypeOccurrence>> Load(IQuerySession session, CancellationToken cancellation)
    {
        var schema = session.DocumentStore.Options.Events.DatabaseSchemaName;
        await using var command = new NpgsqlCommand(
            $"""
            select t.type, t.count, (select e.timestamp from {schema}.mt_events e where e.seq_id = t.first),
                   (select e.timestamp from {schema}.mt_events e where e.seq_id = t.last), t.last
            from (select type, count(*) as count, min(seq_id) as first, max(seq_id) as last from {schema}.mt_events group by type) t
            """);
        await using var reader = await session.ExecuteReaderAsync(command, cancellation);
        var occurrences = new Dictionary<string, EventTypeOccurrence>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            occurrences[reader.GetString(0)] = new EventTypeOccurrence(
                reader.GetInt64(1), await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellation),
                await reader.GetFieldValueAsync<DateTimeOffset>(3, cancellation), reader.GetInt64(4));
        }

        return occurrences;
    }
}
