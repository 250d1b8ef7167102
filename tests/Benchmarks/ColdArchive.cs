using Npgsql;

namespace Monolith.Benchmarks;

/// <summary>
/// What an archive costs those who do not look into it: commands, the daemon and a list, without an archive and beside one of 1,000,000
/// events. Each has a server and an application of its own, on this machine.
/// </summary>
internal static class ColdArchive
{
    private const int Orders = 200_000;
    private const int EventsEach = 5;

    public static async Task Measure(TextWriter output)
    {
        string[] projections;
        await using (var stage = await Stage.Set())
        {
            await output.WriteLineAsync("without an archive");
            await Visibility.Measure(stage.Http, output);
            projections = await Projections(stage.Database);
        }

        await using (var stage = await Stage.Set(superuser => Fill(superuser, projections)))
        {
            await output.WriteLineAsync($"beside an archive of {Orders * EventsEach:N0} events");
            await Visibility.Measure(stage.Http, output);
        }
    }

    private static async Task<string[]> Projections(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select array_agg(name::text) from events.mt_event_progression");
        return (string[])(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Orders that every projection has seen.</summary>
    private static async Task Fill(NpgsqlDataSource superuser, string[] projections)
    {
        await using var command = superuser.CreateCommand(
            $"""
            insert into events.mt_streams (id, type, version, tenant_id, is_archived)
            select 'old-' || n, 'order', {EventsEach}, '*DEFAULT*', true from generate_series(1, {Orders}) n;
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, is_archived)
            select n, gen_random_uuid(), 'old-' || ((n - 1) / {EventsEach} + 1), (n - 1) % {EventsEach} + 1,
                   jsonb_build_object('orderId', 'old', 'filling', repeat('x', 300)), 'ordering.StockReserved', now(), '*DEFAULT*', '', 'old-' || n, true
            from generate_series(1, {Orders * EventsEach}) n;
            select setval('events.mt_events_sequence', {Orders * EventsEach});
            insert into events.mt_event_progression (name, last_seq_id) select name, {Orders * EventsEach} from unnest(@projections) name;
            analyze;
            """);
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("projections", projections);
        await command.ExecuteNonQueryAsync();
    }
}
