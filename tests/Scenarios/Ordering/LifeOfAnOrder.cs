using System.Text.Json.Nodes;

namespace Monolith.Scenarios.Ordering;

public sealed class LifeOfAnOrder(App app) : IClassFixture<App>
{
    [Fact]
    public async Task From_placed_to_delivered()
    {
        await app.HasProduct("LIFE-1", unitPrice: 4.5m);
        var id = await app.HasOrder("LIFE-1", quantity: 2);

        var placed = await app.Send("GET", $"/v1/orders/{id}").Json();
        placed["status"]!.ToString().ShouldBe("awaitingPayment");
        ((decimal)placed["total"]!).ShouldBe(13.9m);
        placed["payment"]!["status"]!.ToString().ShouldBe("pending");

        await app.Pays(id);
        var shipment = await app.Ships(id);
        await app.Delivers(shipment);

        var delivered = await app.Send("GET", $"/v1/orders/{id}").Json();
        delivered["status"]!.ToString().ShouldBe("delivered");
        ((decimal)delivered["payment"]!["paid"]!).ShouldBe(13.9m);
        delivered["shipment"]!["status"]!.ToString().ShouldBe("delivered");
        ((long)delivered["version"]!).ShouldBe(7);
        ((long)delivered["eventsReplayed"]!).ShouldBe(7);
    }

    [Fact]
    public async Task A_delivery_may_come_without_a_body()
    {
        await app.HasProduct("LIFE-6");
        var id = await app.HasOrder("LIFE-6");
        await app.Pays(id);
        var shipment = await app.Ships(id);
        await app.Host.Scenario(s =>
        {
            s.Post.Url($"/v1/shipments/{shipment}/delivery");
            s.WithRequestHeader("Content-Length", "0");
            s.StatusCodeShouldBe(200);
        });
    }

    [Fact]
    public async Task A_paid_order_that_is_cancelled_waits_for_its_refund()
    {
        await app.HasProduct("LIFE-2");
        var id = await app.HasOrder("LIFE-2");
        await app.Pays(id);

        var cancelled = JsonNode.Parse(await (await app.Cancels(id)).ReadAsTextAsync())!;

        cancelled["status"]!.ToString().ShouldBe("cancelled");
        cancelled["cancelReason"]!.ToString().ShouldBe("changed my mind");
        cancelled["payment"]!["status"]!.ToString().ShouldBe("refundPending");
    }

    [Fact]
    public async Task Cancelling_twice_changes_nothing()
    {
        await app.HasProduct("LIFE-3");
        var id = await app.HasOrder("LIFE-3");
        var first = await app.Send("POST", $"/v1/orders/{id}/cancellation", new { reason = "first" });
        var second = await app.Send("POST", $"/v1/orders/{id}/cancellation", new { reason = "second" });

        (await second.ReadAsTextAsync()).ShouldBe(await first.ReadAsTextAsync());
        second.Header("ETag").ShouldBe(first.Header("ETag"));
    }

    [Fact]
    public async Task Commands_that_do_not_fit_the_state_are_refused()
    {
        await app.HasProduct("LIFE-4");
        var id = await app.HasOrder("LIFE-4");
        await app.Send("POST", $"/v1/orders/{id}/shipment", new { carrier = "DHL", trackingNumber = "1" }, expect: 409).ShouldBeProblem("state-conflict");
        await app.Send("POST", $"/v1/orders/{id}/payments", new { amount = 1, reference = "r" }, expect: 422).ShouldBeProblem("rule-violated");
        await app.Pays(id);
        await app.Send("POST", $"/v1/orders/{id}/payments", new { amount = 14.9, reference = "r" }, expect: 409).ShouldBeProblem("state-conflict");
        var shipment = await app.Ships(id);
        await app.Send("POST", $"/v1/orders/{id}/cancellation", new { reason = "late" }, expect: 409).ShouldBeProblem("state-conflict");
        await app.Delivers(shipment);
        await app.Send("POST", $"/v1/shipments/{shipment}/delivery", expect: 409).ShouldBeProblem("state-conflict");
    }

    [Fact]
    public async Task The_payment_and_the_shipment_have_addresses()
    {
        await app.HasProduct("LIFE-5");
        var id = await app.HasOrder("LIFE-5");
        await app.Send("GET", $"/v1/orders/{id}/payment");
        await app.Pays(id);
        var order = await app.Send("GET", $"/v1/orders/{id}").Json();
        var payment = await app.Send("GET", $"/v1/payments/{order["payment"]!["paymentId"]}").Json();
        payment["orderId"]!.ToString().ShouldBe(id);
        payment["status"]!.ToString().ShouldBe("received");

        var shipment = await app.Send("GET", $"/v1/shipments/{await app.Ships(id)}").Json();
        shipment["orderId"]!.ToString().ShouldBe(id);
        await app.Send("GET", "/v1/shipments/nothing", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/v1/payments/nothing", expect: 404).ShouldBeProblem("not-found");
    }
}
