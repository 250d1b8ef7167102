namespace Monolith.Scenarios.Payments;

public sealed class ReceivingWebhooks(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Money_that_the_provider_reports_pays_the_order()
    {
        await app.HasProduct("WH-1");
        var id = await app.HasOrder("WH-1");
        await app.Reports("payment.succeeded", id, reference: "ch-77");

        var payment = await app.Send("GET", $"/v1/orders/{id}/payment").Json();
        payment["status"]!.ToString().ShouldBe("received");
        payment["reference"]!.ToString().ShouldBe("ch-77");
        var order = await app.Order(id);
        order["status"]!.ToString().ShouldBe("paid");
        ((decimal)order["payment"]!["paid"]!).ShouldBe(14.9m);
    }

    [Fact]
    public async Task A_failed_attempt_shows_and_a_later_one_succeeds()
    {
        await app.HasProduct("WH-2");
        var id = await app.HasOrder("WH-2");
        await app.Reports("payment.failed", id, reference: "ch-0");
        var failed = await app.Order(id);
        (failed["status"]!.ToString(), failed["payment"]!["status"]!.ToString()).ShouldBe(("awaitingPayment", "failed"));

        await app.Reports("payment.succeeded", id, reference: "ch-1");
        await app.Reports("payment.failed", id, reference: "ch-0b");
        var paid = await app.Order(id);
        (paid["status"]!.ToString(), paid["payment"]!["status"]!.ToString()).ShouldBe(("paid", "received"));
    }

    [Fact]
    public async Task A_report_that_comes_again_does_nothing()
    {
        await app.HasProduct("WH-3");
        var id = await app.HasOrder("WH-3");
        for (var n = 0; n < 3; n++)
        {
            await app.Reports("payment.succeeded", id, id: "msg-again");
        }

        await app.Reports("payment.succeeded", id);
        ((decimal)(await app.Order(id))["payment"]!["paid"]!).ShouldBe(14.9m);
        ((long)(await app.Send("GET", $"/v1/orders/{id}/payment").Json())["version"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Of_the_same_report_many_times_at_once_one_counts()
    {
        await app.HasProduct("WH-4");
        var id = await app.HasOrder("WH-4");
        var payment = await app.Send("GET", $"/v1/orders/{id}/payment").Json();
        var body = $$"""{"type":"payment.succeeded","paymentId":"{{payment["paymentId"]}}","amount":14.90,"currency":"EUR","reference":"ch","occurredAt":"2026-01-01T00:00:00Z"}""";

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.Webhook(body, "msg-many")));

        ((long)(await app.Send("GET", $"/v1/orders/{id}/payment").Json())["version"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Only_who_signs_with_a_secret_just_now_is_believed()
    {
        const string Body = """{"type":"payment.succeeded"}""";
        await app.Webhook(Body, "msg-1", expect: 401, secret: Provider.SecretOf(9)).ShouldBeProblem("unauthenticated");
        await app.Webhook(Body, "msg-1", expect: 401, age: TimeSpan.FromMinutes(6)).ShouldBeProblem("unauthenticated");
        await app.Webhook(Body, "msg-1", expect: 401, age: TimeSpan.FromMinutes(-6)).ShouldBeProblem("unauthenticated");
        await app.Webhook(Body, "msg-1", expect: 401, signature: "v1,AAAA").ShouldBeProblem("unauthenticated");
        await app.Send("POST", "/v1/payments/webhook", new { type = "payment.succeeded" }, expect: 401).ShouldBeProblem("unauthenticated");
        await app.Webhook(Body, "msg-1", age: TimeSpan.FromMinutes(4), secret: Provider.NextSecret);
    }

    [Fact]
    public async Task What_fits_nothing_is_kept_for_support()
    {
        await app.HasProduct("WH-5");
        var id = await app.HasOrder("WH-5");
        await app.Reports("payment.succeeded", id, "un-amount", more: 0.01m);
        await app.Reports("payment.succeeded", id, "un-currency", currency: "USD");
        await app.Reports(new { type = "payment.succeeded", paymentId = "nobody", amount = 1, currency = "EUR", reference = "x", occurredAt = "2026-01-01T00:00:00Z" }, "un-payment");
        await app.Reports("payment.pondered", id, "un-type");
        await app.Reports("refund.succeeded", id, "un-refund");
        await app.Webhook("not json", "un-json");
        await app.Webhook("", "un-empty");
        (await app.StatusOf(id)).ShouldBe("awaitingPayment");

        await app.Reports("payment.succeeded", id);
        await app.Reports("payment.succeeded", id, "un-twice", reference: "ch-2");

        var items = (await app.Send("GET", $"/v1/payments/unmatched?limit=200&minSequence={await app.Head()}").Json())["items"]!.AsArray();
        var reasons = items.Where(i => i!["webhookId"]!.ToString().StartsWith("un-", StringComparison.Ordinal))
            .ToDictionary(i => i!["webhookId"]!.ToString(), i => i!["reason"]!.ToString());
        reasons.ShouldBe(
            new Dictionary<string, string>
            {
                ["un-amount"] = "otherAmount",
                ["un-currency"] = "otherAmount",
                ["un-payment"] = "unknownPayment",
                ["un-type"] = "unknownType",
                ["un-refund"] = "noRefund",
                ["un-json"] = "unreadable",
                ["un-empty"] = "unreadable",
                ["un-twice"] = "paidAlready",
            },
            ignoreOrder: true);
        ((decimal)items.Single(i => i!["webhookId"]!.ToString() == "un-amount")!["amount"]!).ShouldBe(14.91m);
    }

    [Fact]
    public async Task The_list_of_what_fits_nothing_has_pages()
    {
        foreach (var n in Enumerable.Range(0, 3))
        {
            await app.Webhook("page", $"page-{n}");
        }

        var first = await app.Send("GET", $"/v1/payments/unmatched?limit=2&minSequence={await app.Head()}").Json();
        var second = await app.Send("GET", $"/v1/payments/unmatched?limit=2&cursor={first["next"]}").Json();
        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(i => i!["webhookId"]!.ToString()).Take(3).ShouldBe(["page-2", "page-1", "page-0"]);
    }

    [Fact]
    public async Task A_key_of_a_client_means_nothing_to_a_webhook()
    {
        var timestamp = app.Clock.GetUtcNow().ToUnixTimeSeconds().ToString();
        foreach (var (id, body) in new[] { ("key-1", "one"), ("key-2", "another") })
        {
            await app.Send("POST", "/v1/payments/webhook", body, expect: 202, headers:
            [
                ("Idempotency-Key", "same"), ("webhook-id", id), ("webhook-timestamp", timestamp),
                ("webhook-signature", Monolith.Kernel.Webhooks.WebhookSignature.Sign(Provider.Secret, id, timestamp, System.Text.Encoding.UTF8.GetBytes(body))),
            ]);
        }
    }

    [Fact]
    public async Task Viewers_do_not_see_what_a_payer_wrote()
    {
        await app.HasProduct("WH-7");
        var id = await app.HasOrder("WH-7");
        await app.Reports("payment.succeeded", id, reference: "from Anna Adam");
        foreach (var (role, reference) in new[] { ("viewer", "***"), ("operator", "***"), ("support", "from Anna Adam") })
        {
            var payment = await app.Send("GET", $"/v1/orders/{id}/payment", token: Tokens.For("someone", role)).Json();
            payment["reference"]!.ToString().ShouldBe(reference, role);
        }
    }

    [Fact]
    public async Task A_customer_sees_the_payment_of_their_own_order_only()
    {
        await app.HasProduct("WH-6");
        var id = await app.HasOrder("WH-6", customerId: "bert");
        var payment = await app.Send("GET", $"/v1/orders/{id}/payment", token: Tokens.For("bert", "customer")).Json();
        DateTimeOffset.Parse(payment["dueAt"]!.ToString()).ShouldBeGreaterThan(app.Clock.GetUtcNow().AddHours(23));
        await app.Send("GET", $"/v1/payments/{payment["paymentId"]}", token: Tokens.For("bert", "customer"));
        await app.Send("GET", $"/v1/payments/{payment["paymentId"]}", token: Tokens.For("eve", "customer"), expect: 404).ShouldBeProblem("not-found");
        payment["status"]!.ToString().ShouldBe("pending");
    }
}
