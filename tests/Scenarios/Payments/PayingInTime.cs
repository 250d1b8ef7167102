using Monolith.Payments.Opening;

namespace Monolith.Scenarios.Payments;

public sealed class PayingInTime(TestServer server)
{
    [Fact]
    public async Task An_order_that_nobody_pays_in_time_is_cancelled_and_its_goods_are_free()
    {
        await using var app = await Start("02:00:00");
        await app.HasProduct("DUE-1");
        var id = await app.HasOrder("DUE-1");
        var payment = await app.Send("GET", $"/v1/orders/{id}/payment").Json();
        PaymentDeadline deadline = new(payment["paymentId"]!.ToString());
        DateTimeOffset.Parse(payment["dueAt"]!.ToString()).ShouldBe(app.Clock.GetUtcNow().AddHours(2), TimeSpan.FromMinutes(1));

        app.Clock.Move(TimeSpan.FromMinutes(118));
        await app.Hears(deadline);
        (await app.StatusOf(id)).ShouldBe("awaitingPayment");

        app.Clock.Move(TimeSpan.FromMinutes(3));
        await app.Hears(deadline);
        await app.Hears(deadline);
        var order = await app.Order(id);
        (order["status"]!.ToString(), order["cancelReason"]!.ToString(), order["payment"]!["status"]!.ToString()).ShouldBe(("cancelled", "paymentOverdue", "none"));
        (await app.StockOf("DUE-1")).ShouldBe((10_000, 0));

        // Money that comes too late goes back.
        await app.Reports("payment.succeeded", id);
        (await app.Order(id))["payment"]!["status"]!.ToString().ShouldBe("refundPending");
    }

    [Fact]
    public async Task A_deadline_comes_by_itself()
    {
        await using var app = await Start("00:00:01");
        await app.HasProduct("DUE-2");
        var id = await app.HasOrder("DUE-2");
        await App.Eventually(async () => await app.Send("GET", $"/v1/orders/{id}", expect: (await app.StatusOf(id)) == "cancelled" ? 200 : 599));
        (await app.Order(id))["cancelReason"]!.ToString().ShouldBe("paymentOverdue");
    }

    [Fact]
    public async Task A_deadline_does_nothing_to_what_was_paid()
    {
        await using var app = await Start("02:00:00");
        await app.HasProduct("DUE-3");
        var id = await app.HasOrder("DUE-3");
        await app.Pays(id);
        var payment = await app.Send("GET", $"/v1/orders/{id}/payment").Json();
        app.Clock.Move(TimeSpan.FromHours(3));
        await app.Hears(new PaymentDeadline(payment["paymentId"]!.ToString()));
        (await app.StatusOf(id)).ShouldBe("paid");
    }

    private async Task<App> Start(string deadline)
    {
        var app = new App(server);
        app.Settings["Payments:Deadline"] = deadline;
        await app.InitializeAsync();
        return app;
    }
}
