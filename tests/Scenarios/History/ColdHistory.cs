using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.History;
using Monolith.Ordering.Archiving;
using Monolith.Scenarios.Operations;
using Npgsql;

namespace Monolith.Scenarios.History;

public sealed class ColdHistory(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Orders_that_ended_long_ago_are_archived_and_stay_readable_everywhere()
    {
        await app.HasProduct("CH-1");
        var delivered = await app.HasOrder("CH-1");
        await app.Pays(delivered);
        await app.Delivers(await app.Ships(delivered));
        var cancelled = await app.HasOrder("CH-1", quantity: 10_000);
        var payable = await app.HasOrder("CH-1");
        await app.Cancels(payable);
        var refunding = await app.HasOrder("CH-1");
        await app.Pays(refunding);
        await app.Cancels(refunding);
        var underWay = await app.HasOrder("CH-1");

        await app.Hears(new ArchiveOrders());
        (await Archived()).ShouldBeEmpty();

        var before = await Everything(delivered, cancelled);
        app.Clock.Move(TimeSpan.FromDays(91));
        await app.Hears(new ArchiveOrders());
        (await Archived()).ShouldBe([delivered, cancelled], ignoreOrder: true);
        (await Hot(delivered)).ShouldBe(0);
        (await Hot(underWay)).ShouldBe(3);
        Same(before, await Everything(delivered, cancelled));

        foreach (var projection in new[] { "Order", "OrderList", "OrdersPerDay", "CustomerSummary" })
        {
            await app.Succeeds(await app.Rebuilds(projection));
        }

        Same(before, await Everything(delivered, cancelled));

        await app.Send("POST", $"/v1/orders/{cancelled}/cancellation", new { reason = "again" });
        await app.Send("POST", $"/v1/orders/{delivered}/cancellation", new { reason = "late" }, expect: 409).ShouldBeProblem("state-conflict");
        await app.Send("POST", $"/v1/orders/{delivered}/corrections/delivery-fee", new { correctFee = 1, reason = "r" }, expect: 409).ShouldBeProblem("archived");

        await app.Host.Services.GetRequiredService<StreamArchive>().Restore(delivered, TestContext.Current.CancellationToken);
        (await Hot(delivered)).ShouldBe(7);
        Same(before, await Everything(delivered, cancelled));
        await app.Settles(() => app.Send("POST", $"/v1/orders/{delivered}/corrections/delivery-fee", new { correctFee = 1, reason = "r" }));
        (await app.Order(delivered))["deliveryFee"]!.GetValue<decimal>().ShouldBe(1);
    }

    [Theory]
    [InlineData("update events.mt_events set data = '{}'")]
    [InlineData("delete from events.mt_events")]
    [InlineData("select * from events.mt_events")]
    [InlineData("select * from ordering.mt_doc_order")]
    public async Task The_archiver_can_move_streams_and_do_nothing_else(string statement)
    {
        await using var connection = new NpgsqlConnection(app.Data.Archiver);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        (await Should.ThrowAsync<PostgresException>(async () => await command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private async Task<IReadOnlyList<JsonNode>> Everything(params string[] orders)
    {
        var seen = new List<JsonNode>();
        foreach (var id in orders)
        {
            seen.Add(await app.Order(id));
            seen.Add(await app.Send("GET", $"/v1/orders/{id}?version=2").Json());
            seen.Add(await app.Send("GET", $"/v1/orders/{id}/history").Json());
            seen.Add(await app.Send("GET", $"/v1/orders/{id}/replay").Json());
        }

        var head = await app.Head();
        seen.Add(await app.Send("GET", $"/v1/orders?minSequence={head}").Json());
        seen.Add(await app.Send("GET", $"/v1/customers/anna/summary?minSequence={head}").Json());
        seen.Add(await app.Send("GET", $"/v1/reports/orders-per-day?minSequence={head}").Json());
        return seen;
    }

    private static void Same(IReadOnlyList<JsonNode> before, IReadOnlyList<JsonNode> after)
    {
        foreach (var (then, now) in before.Zip(after))
        {
            now.ToJsonString().ShouldBe(then.ToJsonString());
        }
    }

    private async Task<IReadOnlyList<string>> Archived()
    {
        await using var session = app.Store.QuerySession();
        return await session.AdvancedSql.QueryAsync<string>("select id from events.mt_streams where is_archived", CancellationToken.None);
    }

    private async Task<long> Hot(string stream)
    {
        await using var session = app.Store.QuerySession();
        return (await session.AdvancedSql.QueryAsync<long>("select count(*) from events.mt_events where not is_archived and stream_id = ?", CancellationToken.None, stream))[0];
    }
}
