using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Monolith.Benchmarks;

/// <summary>
/// What an order costs beside ten thousand others and beside a million, all of which still wait for their payment: one that the application made is copied in all
/// tables that know it, and then more are placed and carried as far.
/// </summary>
internal static class Growth
{
    private const int OrdersOfRound = 300;
    private const int Rounds = 5;
    private const int RequestsPerSecond = 20;

    private static readonly int[] Sizes = [10_000, 100_000];

    public static async Task Measure(string program, int largest, TextWriter output)
    {
        await using var stage = await Stage.WithoutApplication();
        await using (var application = await stage.StartApplication(program))
        {
            await PlacingOrders.Stock(application.Http);
            await PlacingOrders.Post(application.Http, "/v1/orders", worker: 0);
            await PlacingOrders.Rests(stage.Database);
        }

        await using var superuser = stage.OpenAsSuperuser();
        var sample = await Sample.Of(superuser);
        await output.WriteLineAsync($"{"orders",10}{"orders/s until all is done",28}{"beside the fewest",19}{"p50 ms",9}{"p95 ms",9}{"bytes/event",13}");
        var (copied, first) = (0, 0.0);
        foreach (var size in (int[])[.. Sizes.Where(size => size < largest), largest])
        {
            await sample.Copy(superuser, copied + 1, size);
            await stage.Vacuum();
            await stage.Checkpoint();
            copied = size;
            await using var application = await stage.StartApplication(program);
            var rate = await RateUntilDone(application.Http, stage.Database);
            first = first == 0 ? rate : first;
            var times = await PlacingOrders.AtRate(RequestsPerSecond, TimeSpan.FromSeconds(15), n => PlacingOrders.Post(application.Http, "/v1/orders", n));
            await PlacingOrders.Rests(stage.Database);
            var bytes = await BytesOfEvent(superuser);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{size,10:N0}{rate,28:N0}{rate / first,19:F2}{times.GetValueAtPercentile(50) / 1_000.0,9:F1}{times.GetValueAtPercentile(95) / 1_000.0,9:F1}{bytes,13:N0}"));
        }
    }

    /// <summary>A round ends when the goods are reserved, the payment is open and all projections know it. The first is to warm up.</summary>
    private static async Task<double> RateUntilDone(HttpClient http, NpgsqlDataSource database)
    {
        var rates = new List<double>();
        for (var round = -2; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await Parallel.ForAsync(
                0, OrdersOfRound, new ParallelOptions { MaxDegreeOfParallelism = PlacingOrders.Clients }, async (n, _) => await PlacingOrders.Post(http, "/v1/orders", n));
            await PlacingOrders.Rests(database);
            if (round >= 0)
            {
                rates.Add(OrdersOfRound / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        return Slices.Median(rates);
    }

    private static async Task<double> BytesOfEvent(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select pg_database_size(current_database())::float8 / (select count(*) from events.mt_events)");
        command.CommandTimeout = 0;
        return (double)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The one order that there is, and its payment.</summary>
    private sealed record Sample(string Order, string Payment, IReadOnlyList<Sample.Table> Tables)
    {
        /// <summary>When a window becomes final. Those of the copies have: nobody places a million orders in a moment, and all would be due in the same page.</summary>
        private const string Closes = "closes";

        /// <summary>A table of documents.</summary>
        public sealed record Table(string Name, string[] Columns);

        public static async Task<Sample> Of(NpgsqlDataSource database)
        {
            await using var batch = database.CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select (select id from ordering.mt_doc_order), (select id from payments.mt_doc_payment)"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                """
                select format('%I.%I', table_schema, table_name), array_agg(quote_ident(column_name))
                from information_schema.columns
                where table_name like 'mt\_doc\_%' and table_schema in ('ordering', 'payments', 'inventory', 'insights', 'kernel')
                group by table_schema, table_name
                having bool_or(column_name = 'data') and bool_or(column_name = 'id' and data_type = 'character varying')
                """));
            await using var reader = await batch.ExecuteReaderAsync();
            await reader.ReadAsync();
            var (order, payment, tables) = (reader.GetString(0), reader.GetString(1), new List<Table>());
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                tables.Add(new Table(reader.GetString(0), reader.GetFieldValue<string[]>(1)));
            }

            return new Sample(order, payment, tables);
        }

        /// <summary>Copies that all projections have seen, and the messages that look after their payments.</summary>
        public async Task Copy(NpgsqlDataSource database, int from, int to)
        {
            string[][] apart = [[Streams, Events], [Messages], .. Tables.Select(table => new[] { Documents(table) })];
            await Parallel.ForEachAsync(apart, (statements, _) => new ValueTask(Run(statements)));
            await Run(["select setval('events.mt_events_sequence', (select max(seq_id) from events.mt_events))", Positions]);

            async Task Run(string[] statements)
            {
                await using var connection = await database.OpenConnectionAsync();
                foreach (var statement in statements.Prepend("set synchronous_commit = off"))
                {
                    await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
                    if (statement.Contains("@from", StringComparison.Ordinal))
                    {
                        command.Parameters.AddWithValue("from", from);
                        command.Parameters.AddWithValue("to", to);
                    }

                    await command.ExecuteNonQueryAsync();
                }
            }
        }

        private string Documents(Table table) =>
            $"""
            with one as materialized (select * from {table.Name} where id ~ '{Order}|{Payment}' or data::text ~ '{Order}|{Payment}')
            insert into {table.Name} ({string.Join(", ", table.Columns)})
            select {string.Join(", ", table.Columns.Select(column => column switch
            {
                "id" => $"case when id ~ '{Order}|{Payment}' then {Own("id")} else id || '-copy-' || n end",
                "data" when table.Columns.Contains(Closes) => $"jsonb_set({Own("data::text")}::jsonb, '{{{Closes}}}', 'null')",
                "data" => $"{Own("data::text")}::jsonb",
                Closes => "null",
                _ => column,
            }))}
            from one, generate_series(@from, @to) n
            """;

        private string Streams =>
            $"""
            insert into events.mt_streams (id, type, version, timestamp, created, tenant_id)
            select {Own("id")}, type, version, timestamp, created, tenant_id from generate_series(@from, @to) n, events.mt_streams where id in ('{Order}', '{Payment}')
            """;

        private string Events =>
            $"""
            with last as materialized (select max(seq_id) as seq_id from events.mt_events),
                one as materialized (select *, row_number() over (order by seq_id) - 1 as place, count(*) over () as all_of_it from events.mt_events where stream_id in ('{Order}', '{Payment}'))
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name)
            select last.seq_id + 1 + (n - @from) * all_of_it + place, gen_random_uuid(), {Own("stream_id")}, version, {Own("data::text")}::jsonb, type, timestamp, tenant_id, mt_dotnet_type,
                correlation_id || n, causation_id, headers, user_name
            from last, generate_series(@from, @to) n, one
            """;

        private static string Messages =>
            """
            with one as materialized (select * from wolverine.wolverine_incoming_envelopes where message_type ~ 'PaymentDeadline' and status = 'Scheduled' limit 1)
            insert into wolverine.wolverine_incoming_envelopes (id, status, owner_id, execution_time, attempts, body, message_type, received_at)
            select gen_random_uuid(), status, owner_id, execution_time, attempts, body, message_type, received_at from one, generate_series(@from, @to)
            """;

        private static string Positions =>
            "update events.mt_event_progression set last_seq_id = (select max(seq_id) from events.mt_events) where name like '%:All' or name = 'HighWaterMark'";

        /// <summary>With the ids of the copy <c>n</c>.</summary>
        private string Own(string text) => $"replace(replace({text}, '{Order}', 'order-copy-' || n), '{Payment}', 'payment-copy-' || n)";
    }
}
