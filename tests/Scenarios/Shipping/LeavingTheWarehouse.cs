using Monolith.Contracts.Shipping;

namespace Monolith.Scenarios.Shipping;

public sealed class LeavingTheWarehouse(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_parcel_that_left_takes_its_pieces_along()
    {
        await app.HasProduct("LW-1", pieces: 10);
        var id = await app.HasOrder("LW-1", quantity: 3);
        await app.Pays(id);
        (await app.StockOf("LW-1")).ShouldBe((10, 3));
        var shipment = await app.Ships(id);
        (await app.StockOf("LW-1")).ShouldBe((7, 0));

        var view = await app.Send("GET", $"/v1/shipments/{shipment}").Json();
        (view["status"]!.ToString(), view["carrier"]!.ToString(), view["orderId"]!.ToString()).ShouldBe(("dispatched", "DHL", id));
        await app.Delivers(shipment);
        (await app.StatusOf(id)).ShouldBe("delivered");
    }

    [Fact]
    public async Task Of_a_cancellation_and_a_dispatch_at_once_one_succeeds()
    {
        await app.HasProduct("LW-2", pieces: 1_000);
        for (var round = 0; round < 10; round++)
        {
            var id = await app.HasOrder("LW-2");
            await app.Pays(id);
            IScenarioResult[] answers = [];
            await app.Settles(async () =>
            {
                answers = await Task.WhenAll(
                    Try(id, "cancellation", new { reason = "race" }), Try(id, "shipment", new { carrier = "DHL", trackingNumber = "T" }));
                return answers[0];
            });

            var (cancelled, shipped) = (answers[0].Context.Response.StatusCode, answers[1].Context.Response.StatusCode);
            (cancelled, shipped).ShouldBeOneOf((200, 409), (409, 201));
            (await app.StatusOf(id)).ShouldBe(cancelled == 200 ? "cancelled" : "shipped");
        }

        var (onHand, reserved) = await app.StockOf("LW-2");
        reserved.ShouldBe(0);
        onHand.ShouldBeInRange(990, 1_000);
    }

    /// <summary>More than there are connections to the database; who is told to come again does so.</summary>
    [Fact]
    public async Task A_crowd_that_wants_the_same_order_is_served_without_a_jam()
    {
        await app.HasProduct("LW-4");
        var id = await app.HasOrder("LW-4");
        await app.Pays(id);
        IScenarioResult[] answers = [];
        await app.Settles(async () =>
        {
            answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(n => n % 2 == 0
                ? Insist(id, "cancellation", new { reason = "crowd" }) : Insist(id, "shipment", new { carrier = "DHL", trackingNumber = "T" })));
            return answers[0];
        });

        answers.Select(a => a.Context.Response.StatusCode).Where(status => status is not (200 or 201 or 409)).ShouldBeEmpty();
        var cancelled = answers.Where((_, n) => n % 2 == 0).Count(a => a.Context.Response.StatusCode == 200);
        cancelled.ShouldBeOneOf(0, 75);
        (await app.StatusOf(id)).ShouldBe(cancelled == 0 ? "shipped" : "cancelled");
    }

    [Fact]
    public async Task News_that_come_twice_or_in_the_wrong_order_change_nothing()
    {
        await app.HasProduct("LW-3");
        var id = await app.HasOrder("LW-3");
        await app.Pays(id);
        var shipment = await app.Ships(id);
        await app.Delivers(shipment);
        var delivered = (await app.Order(id)).ToJsonString();
        var now = app.Clock.GetUtcNow();
        foreach (var message in new object[]
        {
            new ShipmentPlanned(shipment, id, "DE", Monolith.Contracts.Ordering.DeliveryService.Standard, 1, now),
            new ShipmentDispatched(shipment, id, "UPS", "T-9", now), new ShipmentDelivered(shipment, id, now), new CancelShipment(id, shipment),
        })
        {
            await app.Hears(message);
        }

        (await app.Order(id)).ToJsonString().ShouldBe(delivered);
        (await app.Send("GET", $"/v1/shipments/{shipment}").Json())["status"]!.ToString().ShouldBe("delivered");
        (await app.StockOf("LW-3")).ShouldBe((9_999, 0));
    }

    private Task<IScenarioResult> Insist(string orderId, string what, object body) => app.Insists("POST", $"/v1/orders/{orderId}/{what}", body);

    private Task<IScenarioResult> Try(string orderId, string what, object body) => app.Send("POST", $"/v1/orders/{orderId}/{what}", body, expect: null);
}
