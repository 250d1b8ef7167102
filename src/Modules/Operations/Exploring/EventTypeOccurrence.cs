using Marten;
using Npgsql;

namespace Monolith.Operations.Exploring;

/// <summary>How often a type of event is in the log, counted over the index of the types.</summary>
/// <param name="First">The sequence of the first one.</param>
internal sealed record EventTypeOccurrence(long Count, long First, long Last)
{
    public static async Task<IReadOnlyDictionary<string, EventTypeOccurrence>> Load(IQuerySession session, CancellationToken cancellation)
    {
        var schema = session.DocumentStore.Options.Events.DatabaseSchemaName;
        await using var command = new NpgsqlCommand($"select type, count(*), min(seq_id), max(seq_id) from {schema}.mt_events group by type");
        await using var reader = await session.ExecuteReaderAsync(command, cancellation);
        var occurrences = new Dictionary<string, EventTypeOccurrence>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            occurrences[reader.GetString(0)] = new EventTypeOccurrence(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        }

        return occurrences;
    }
}
