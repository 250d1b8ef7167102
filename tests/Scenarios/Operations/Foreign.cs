using Npgsql;

namespace Monolith.Scenarios.Operations;

/// <summary>What a module wrote that this program does not have.</summary>
internal static class Foreign
{
    /// <summary>Puts an event into the log that nobody here knows, as the first of a stream.</summary>
    public static async Task HasForeignEvent(this App app, string stream, string type, string data = "{}", string? correlation = null, string? actor = null)
    {
        await using var database = NpgsqlDataSource.Create(app.Data.App);
        await using var command = database.CreateCommand(
            """
            with stream as (insert into events.mt_streams (id, type, version) values ($1, 'gone', 1))
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, correlation_id, user_name)
            values (nextval('events.mt_events_sequence'), gen_random_uuid(), $1, 1, $3::jsonb, $2, now(), $4, $5)
            """);
        foreach (var value in new[] { stream, type, data, correlation, actor })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value is null ? DBNull.Value : value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        }

        await command.ExecuteNonQueryAsync();
    }
}
