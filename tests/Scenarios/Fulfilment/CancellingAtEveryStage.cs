using Monolith.Contracts.Inventory;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;

namespace Monolith.Scenarios.Fulfilment;

public sealed class CancellingAtEveryStage(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Before_the_payment_the_goods_are_free_again_and_nobody_is_asked_for_money()
    {
        await app.HasProduct("CA-1");
        var id = await app.HasOrder("CA-1");
        await app.Cancels(id);
        (await app.StockOf("CA-1")).ShouldBe((10_000, 0));
        (await app.Order(id))["payment"]!["status"]!.ToString().ShouldBe("none");
        (await app.Send("GET", $"/v1/orders/{id}/payment").Json())["status"]!.ToString().ShouldBe("none");
    }

    [Fact]
    public async Task After_the_payment_the_money_goes_back_and_nothing_can_be_shipped()
    {
        await app.HasProduct("CA-2");
        var id = await app.HasOrder("CA-2");
        await app.Pays(id);
        await app.Cancels(id);
        (await app.StockOf("CA-2")).ShouldBe((10_000, 0));
        (await app.Order(id))["payment"]!["status"]!.ToString().ShouldBe("refundPending");
        await app.Send("POST", $"/v1/orders/{id}/shipment", new { carrier = "DHL", trackingNumber = "T" }, expect: 409).ShouldBeProblem("state-conflict");
    }

    [Fact]
    public async Task Right_after_placing_whatever_was_on_its_way_is_taken_back()
    {
        await app.HasProduct("CA-3");
        for (var round = 0; round < 10; round++)
        {
            string id = "";
            await app.Settles(async () =>
            {
                id = (await app.Send("POST", "/v1/orders", Shop.OrderOf("CA-3"), expect: 201)).Header("Location").Split('/')[^1];
                return await app.Send("POST", $"/v1/orders/{id}/cancellation", new { reason = "at once" });
            });
            (await app.StatusOf(id)).ShouldBe("cancelled");
            (await app.StockOf("CA-3")).ShouldBe((10_000, 0));
        }
    }

    [Fact]
    public async Task What_is_confirmed_after_the_cancellation_is_taken_back_then()
    {
        await app.HasProduct("CA-4", pieces: 0);
        var id = await app.HasOrder("CA-4");
        (await app.Order(id))["cancelReason"]!.ToString().ShouldBe("outOfStock");
        await app.Receives("CA-4", 5);

        // As if each module had done its part for an order that was cancelled meanwhile.
        await app.Hears(new OpenPayment(id, $"pay-{id}", "anna", 14.9m, "EUR"));
        await app.Hears(new PlanShipment(id, $"ship-{id}", "DE", Monolith.Contracts.Ordering.DeliveryService.Standard, 1));
        await app.Hears(new ReservationMade(id));

        (await app.Send("GET", $"/v1/payments/pay-{id}").Json())["status"]!.ToString().ShouldBe("none");
        (await app.Send("GET", $"/v1/shipments/ship-{id}").Json())["status"]!.ToString().ShouldBe("cancelled");
        (await app.StockOf("CA-4")).ShouldBe((5, 0));
        (await app.Order(id))["status"]!.ToString().ShouldBe("cancelled");
    }
}
