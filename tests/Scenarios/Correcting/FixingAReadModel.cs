using System.Text.Json.Nodes;
using Marten;
using Monolith.Ordering.Listing;
using Monolith.Ordering.Reporting;
using Monolith.Scenarios.Operations;

namespace Monolith.Scenarios.Correcting;

/// <summary>A fold forgot the delivery fee for a while: its rows are wrong, the events are right.</summary>
public sealed class FixingAReadModel(App app) : IClassFixture<App>
{
    [Fact]
    public async Task After_the_fix_a_rebuild_makes_it_right_for_all_history()
    {
        await app.HasProduct("FR-1");
        var paid = await app.HasOrder("FR-1");
        await app.Pays(paid);
        var cancelled = await app.HasOrder("FR-1");
        await app.Cancels(cancelled);
        var right = await Models();
        var events = (await CorrectingOneOrder.HashOf(app, paid), await CorrectingOneOrder.HashOf(app, cancelled));
        var tag = (await app.Send("GET", $"/v1/orders/{paid}")).Header("ETag");

        await using (var session = app.Store.LightweightSession())
        {
            session.Store((await session.Query<OrderListItem>().ToListAsync()).Select(row => row with { Total = row.ItemsTotal }));
            session.Store((await session.Query<OrdersPerDay>().ToListAsync()).Select(row => row with { Total = row.Total - (4.90m * row.Orders) }));
            session.Store((await session.LoadAsync<Monolith.Ordering.Order>(paid))! with { Total = 1 });
            await session.SaveChangesAsync();
        }

        (await Models()).ShouldNotBe(right);
        foreach (var projection in new[] { "OrderList", "OrdersPerDay", "Order" })
        {
            await app.Succeeds(await app.Rebuilds(projection));
        }

        (await Models()).ShouldBe(right);
        (await CorrectingOneOrder.HashOf(app, paid), await CorrectingOneOrder.HashOf(app, cancelled)).ShouldBe(events);
        // Who holds the wrong one is not told that it is still good.
        await app.Send("GET", $"/v1/orders/{paid}", headers: ("If-None-Match", tag));
    }

    private async Task<string> Models()
    {
        var head = await app.Head();
        JsonNode[] models =
        [
            await app.Send("GET", $"/v1/orders?minSequence={head}").Json(),
            await app.Send("GET", $"/v1/reports/orders-per-day?minSequence={head}").Json(),
            .. await Task.WhenAll((await app.Send("GET", "/v1/orders").Json())["items"]!.AsArray().Select(o => app.Order(o!["id"]!.ToString()))),
        ];
        return string.Join('\n', models.Select(model => model.ToJsonString()));
    }
}
