using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Operations;
using Monolith.Operations;
using Npgsql;

namespace Monolith.Scenarios.Operations;

public sealed class ARebuildThatIsInterrupted(TestServer server)
{
    private const string Daily = "OrdersPerDay";

    [Fact]
    public async Task Is_taken_up_when_the_application_starts_again()
    {
        await using var app = new App(server);
        await app.InitializeAsync();
        await app.HasProduct("INT-1");
        await app.HasOrder("INT-1");
        var report = $"/v1/reports/orders-per-day?minSequence={await app.Head()}";
        var before = await app.Get(report);

        await Die(app, "interrupted");
        await using var restarted = await app.Start();

        var outcome = await app.Succeeds("/admin/operations/interrupted", restarted);
        ((double)outcome["percent"]!).ShouldBe(100);
        (await app.Get(report, restarted)).ShouldBe(before);
        (await app.Get("/admin/projections", restarted)).ShouldNotContain("rebuilding");
    }

    [Fact]
    public async Task Fails_when_the_model_cannot_be_emptied_and_leaves_the_projection_running()
    {
        await using var app = new App(server);
        await app.InitializeAsync();
        await app.HasProduct("INT-2");
        await app.HasOrder("INT-2");
        await app.Get($"/v1/reports/orders-per-day?minSequence={await app.Head()}");

        await Superuser(app, "alter table ordering.mt_doc_ordersperday owner to monolith_owner");
        var outcome = (await app.Follow(await app.Rebuilds(Daily)))[^1];
        outcome["status"]!.ToString().ShouldBe("failed");
        outcome["error"]!.ToString().ShouldBe("permission denied for table mt_doc_ordersperday");
        ((double)outcome["percent"]!).ShouldBeLessThan(100);
        await Superuser(app, "alter table ordering.mt_doc_ordersperday owner to monolith_app");

        await app.HasOrder("INT-2");
        var head = await app.Head();
        // It was started again, and may take a while to be up.
        await App.Eventually(async () => (await app.Get($"/v1/reports/orders-per-day?minSequence={head}")).ShouldContain("\"orders\":2"));
        (await app.Projection(Daily))["status"]!.ToString().ShouldBe("running");
    }

    /// <summary>Leaves behind what a process leaves that is killed in the middle of a rebuild, and ends it.</summary>
    private static async Task Die(App app, string operationId)
    {
        await app.Host.Services.GetRequiredService<Shards>().Stop($"{Daily}:All", CancellationToken.None);
        await using (var session = app.Store.LightweightSession())
        {
            session.Insert(new OperationClaim(Daily, operationId, OperationKind.Rebuild));
            session.Events.StartStream<Operation>(
                Operation.StreamOf(operationId),
                new RebuildRequested(operationId, Daily, "a test", "dev", DateTimeOffset.UnixEpoch),
                new RebuildStarted(operationId, Node: 1, Total: 5, DateTimeOffset.UnixEpoch));
            session.QueueSqlCommand("delete from ordering.mt_doc_ordersperday");
            await session.SaveChangesAsync();
        }

        await app.Host.StopAsync();
    }

    private static async Task Superuser(App app, string sql)
    {
        await using var connection = new NpgsqlConnection(app.Data.Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
