using Npgsql;

namespace Monolith.Cluster;

/// <summary>A node is killed in each phase of a rebuild side by side. What is held back by a lock of the test is the phase it is killed in.</summary>
public sealed class KilledWhileRebuilding(TestServer server)
{
    private const int Orders = 12;
    private const string List = "ordering.mt_doc_orderlistitem";
    private const string Snapshot = "ordering.mt_doc_order";
    private const string Generation = "select 1 from kernel.mt_doc_projectiongeneration where id = 'OrderList' for update";

    [Fact]
    public async Task Leaves_it_before_or_after_and_repairs_itself()
    {
        await using var node = new Node(await server.NewDatabase());
        await using var database = NpgsqlDataSource.Create(node.Data.Superuser);
        node.Start();
        await Fill(node);
        var right = await Rows(database, List);
        right.Count.ShouldBe(Orders);
        // The row that the test holds on to is there after the first rebuild.
        await Ends(node, await Rebuild(node, "OrderList"));

        // In the middle of the replay: one event per second.
        await Dies(node, database, "OrderList", "replaying", locking: null, slowly: true);
        if (Scale.Full)
        {
            // Before it has begun; while both are compared; while the tables cannot be had.
            await Dies(node, database, "OrderList", phase: null, locking: null, slowly: true);
            await Dies(node, database, "OrderList", "comparing", $"lock table {List} in access exclusive mode");
            await Dies(node, database, "OrderList", "switching", $"lock table {List} in access share mode");
        }

        // Inside the switch, when the tables have been exchanged and that is not committed.
        await Dies(node, database, "OrderList", "switching", Generation, until: Waits(database, "mt_doc_projectiongeneration"));
        // An inline snapshot, when readers see the new one and late commands are waited for.
        await Dies(node, database, "Order", "goingLive", locking: null);

        (await Rows(database, List)).ShouldBe(right);
        (await Rows(database, Snapshot)).Count.ShouldBe(Orders);
    }

    private static async Task Dies(
        Node node, NpgsqlDataSource database, string projection, string? phase, string? locking, bool slowly = false, Func<Task<bool>>? until = null)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var held = await connection.BeginTransactionAsync();
        if (locking is not null)
        {
            await Execute(connection, locking);
        }

        var operation = await Rebuild(node, projection, slowly ? 1 : null);
        await Until(async () => phase is null || (await node.Get(operation))["phase"]!.ToString() == phase, $"the phase {phase}");
        await Until(until ?? (() => Task.FromResult(true)), $"what {projection} waits for");
        await node.Kill();
        await held.RollbackAsync();

        var between = await Rows(database, List);
        between.Count.ShouldBe(Orders, $"killed in {phase}");
        node.Start();
        if (slowly)
        {
            // It would take its time: it is taken up, and then cancelled.
            await Until(async () => (await node.Get(operation))["phase"]!.ToString() == "replaying", "the operation to be taken up");
            await node.Post($"{operation}/cancellation", new { reason = "seen enough" });
        }

        await Ends(node, operation, slowly ? "cancelled" : "succeeded");
        (await Number(database, "select count(*) from pg_namespace where nspname ~ '^(shadow|incoming)_'")).ShouldBe(0);
        (await Number(database, "select count(*) from events.mt_event_progression where name ~ 'Shadow|Previous'")).ShouldBe(0);
        (await Number(database, "select count(*) from operations.mt_doc_operationclaim")).ShouldBe(0);
    }

    private static Func<Task<bool>> Waits(NpgsqlDataSource database, string table) => async () =>
        await Number(database, $"select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%{table}%' and query not like '%pg_stat_activity%'") > 0;

    private static async Task Fill(Node node)
    {
        var customer = new Customer(node, "kim");
        await node.Sells("REB-1");
        for (var n = 0; n < Orders; n++)
        {
            var order = await node.Post("/v1/orders", Customer.OrderOf("kim", "REB-1"));
            await customer.Sees($"/v1/orders/{order["id"]}", o => o["status"]!.ToString() == "awaitingPayment");
        }

        await Until(async () => (await node.Get("/admin/projections"))["items"]!.AsArray().All(p => (long)p!["lagEvents"]! == 0), "the head of the log");
    }

    private static async Task<string> Rebuild(Node node, string projection, int? maxEventsPerSecond = null) =>
        $"/admin/operations/{(await node.Post($"/admin/projections/{projection}/rebuilds", new { reason = "a test", maxEventsPerSecond }))["id"]}";

    private static async Task Ends(Node node, string operation, string status = "succeeded")
    {
        await Until(async () => (await node.Get(operation))["finishedAt"] is not null, $"the end of {operation}");
        (await node.Get(operation))["status"]!.ToString().ShouldBe(status);
    }

    private static async Task<SortedDictionary<string, string>> Rows(NpgsqlDataSource database, string table)
    {
        await using var command = database.CreateCommand($"select id, data::text from {table}");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            rows[reader.GetString(0)] = reader.GetString(1);
        }

        return rows;
    }

    private static async Task<long> Number(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
