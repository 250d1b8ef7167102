using Monolith.Contracts.Payments;

namespace Monolith.Scenarios.Payments;

public sealed class GivingMoneyBack(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_cancelled_order_gets_its_money_back_when_the_provider_says_so()
    {
        var id = await CancelledAfterPayment("RE-1");
        (await PaymentOf(id)).ShouldBe(("refundPending", 14.9m, 0m));
        await app.Reports("refund.succeeded", id);
        (await PaymentOf(id)).ShouldBe(("refunded", 14.9m, 14.9m));
        (await app.Send("GET", $"/v1/orders/{id}/payment").Json())["status"]!.ToString().ShouldBe("refunded");
    }

    [Fact]
    public async Task A_refund_that_failed_may_succeed_later()
    {
        var id = await CancelledAfterPayment("RE-2");
        await app.Reports("refund.failed", id);
        (await PaymentOf(id)).ShouldBe(("refundFailed", 14.9m, 0m));
        await app.Reports("refund.succeeded", id);
        await app.Reports("refund.failed", id);
        (await PaymentOf(id)).ShouldBe(("refunded", 14.9m, 14.9m));
    }

    [Fact]
    public async Task Money_that_arrives_after_the_cancellation_goes_back()
    {
        await app.HasProduct("RE-3");
        var id = await app.HasOrder("RE-3");
        await app.Cancels(id);
        (await PaymentOf(id)).ShouldBe(("none", 0m, 0m));
        await app.Send("POST", $"/v1/orders/{id}/payments", new { amount = 14.9, reference = "t" }, expect: 409).ShouldBeProblem("state-conflict");

        await app.Reports("payment.succeeded", id);
        (await PaymentOf(id)).ShouldBe(("refundPending", 14.9m, 0m));
        (await app.StatusOf(id)).ShouldBe("cancelled");
        await app.Reports("refund.succeeded", id);
        (await PaymentOf(id)).ShouldBe(("refunded", 14.9m, 14.9m));
    }

    [Fact]
    public async Task Messages_that_come_twice_give_back_once()
    {
        var id = await CancelledAfterPayment("RE-4");
        var payment = await app.Send("GET", $"/v1/orders/{id}/payment").Json();
        var paymentId = payment["paymentId"]!.ToString();
        await app.Hears(new RefundPayment(id, paymentId));
        await app.Hears(new CancelPayment(id, paymentId));
        await app.Hears(new OpenPayment(id, paymentId, "anna", 14.9m, "EUR"));
        await using (var session = app.Store.QuerySession())
        {
            await app.Hears((await session.Events.FetchStreamAsync(paymentId)).Select(e => e.Data).OfType<PaymentSettled>().Single());
        }

        await app.Hears(new PaymentExpired(paymentId, id, app.Clock.GetUtcNow(), app.Clock.GetUtcNow()));

        (await app.Send("GET", $"/v1/orders/{id}/payment").Json()).ToJsonString().ShouldBe(payment.ToJsonString());
        (await PaymentOf(id)).ShouldBe(("refundPending", 14.9m, 0m));
    }

    private async Task<string> CancelledAfterPayment(string sku)
    {
        await app.HasProduct(sku);
        var id = await app.HasOrder(sku);
        await app.Pays(id);
        await app.Cancels(id);
        (await app.StockOf(sku)).ShouldBe((10_000, 0));
        return id;
    }

    private async Task<(string Status, decimal Paid, decimal Refunded)> PaymentOf(string orderId)
    {
        var payment = (await app.Order(orderId))["payment"]!;
        return (payment["status"]!.ToString(), (decimal)payment["paid"]!, (decimal)payment["refunded"]!);
    }
}
