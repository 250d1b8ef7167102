using Marten;
using Npgsql;

namespace Monolith.Insights.Viewing;

/// <summary>How old the oldest event is that a processor has not seen, taken from the log itself.</summary>
internal static class Lag
{
    /// <returns>By name; zero for a processor that has seen all.</returns>
    public static async Task<IReadOnlyDictionary<string, TimeSpan>> Of(
        IReadOnlyCollection<string> names, IQuerySession session, NpgsqlDataSource database, DateTimeOffset now, CancellationToken cancellation)
    {
        var events = session.DocumentStore.Options.Events.DatabaseSchemaName;
        await using var command = database.CreateCommand(
            $"""
            select n.name, (select e.timestamp from {events}.mt_events e where e.seq_id > coalesce(p.last_seq_id, 0) order by e.seq_id limit 1)
            from unnest($1) as n(name) left join {events}.mt_event_progression p on p.name = n.name || ':All'
            """);
        command.Parameters.AddWithValue(names.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);

        var lags = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            var recorded = await reader.IsDBNullAsync(1, cancellation) ? now : await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellation);
            lags[reader.GetString(0)] = recorded < now ? now - recorded : TimeSpan.Zero;
        }

        return lags;
    }
}
