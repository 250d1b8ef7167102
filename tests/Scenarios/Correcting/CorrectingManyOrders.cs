using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.History;
using Monolith.Scenarios.Operations;

namespace Monolith.Scenarios.Correcting;

/// <summary>Orders placed while policy 1 was in force, which had Switzerland and Poland in the wrong zones.</summary>
public sealed class CorrectingManyOrders : IAsyncLifetime
{
    private readonly App app;

    public CorrectingManyOrders(TestServer server)
    {
        app = new App(server);
        app.Settings["Shipping:FeePolicy"] = "1";
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_affected_are_found_corrected_once_and_squared_to_the_cent()
    {
        await app.HasProduct("CM-1");
        var swiss = await Order("CH", delivered: true);
        var polish = await Order("PL", delivered: true);
        var waiting = await Order("CH", delivered: false);
        var cancelled = await Order("CH", delivered: false);
        await app.Cancels(cancelled);
        var german = await Order("DE", delivered: true);
        var before = new Dictionary<string, string>();
        foreach (var id in new[] { swiss, polish, waiting, cancelled, german })
        {
            before[id] = await CorrectingOneOrder.HashOf(app, id);
        }

        var review = await Review();
        var report = review["report"]!;
        ((int)report["examined"]!, (int)report["affected"]!, (int)report["corrected"]!).ShouldBe((5, 3, 0));
        report["orders"]!.AsArray().Select(o => (o!["orderId"]!.ToString(), (decimal)o["charged"]!, (decimal)o["correct"]!)).ShouldBe(
            [(swiss, 17.90m, 9.90m), (polish, 9.90m, 13.90m), (waiting, 17.90m, 9.90m)], ignoreOrder: true);
        Sums(report).ShouldBe([("EUR", 3, 45.70m, 33.70m, -12.00m)]);
        (await Fee(swiss)).ShouldBe((17.90m, 1));

        // One order moves between the review and its application.
        await app.Pays(waiting);
        // Another one is in the archive by then.
        await app.Host.Services.GetRequiredService<StreamArchive>().Archive([(polish, 7)], TestContext.Current.CancellationToken);
        var outcome = (await Apply(review))["report"]!;
        ((int)outcome["corrected"]!, (int)outcome["skipped"]!, (bool)outcome["isReconciled"]!).ShouldBe((2, 1, true));
        Sums(outcome).ShouldBe([("EUR", 2, 27.80m, 23.80m, -4.00m)]);
        (await Fee(swiss)).ShouldBe((9.90m, 2));
        (await Fee(polish)).ShouldBe((13.90m, 2));
        (await Fee(waiting)).ShouldBe((17.90m, 1));
        await app.Settles(() => app.Send("GET", "/v1/stock/CM-1"));
        (await app.Order(swiss))["payment"]!["status"]!.ToString().ShouldBe("refundPending");
        (await app.Order(polish))["payment"]!["status"]!.ToString().ShouldBe("pending");
        var version = (await app.Order(swiss))["version"]!.ToString();

        var again = (await Apply(review))["report"]!;
        ((int)again["corrected"]!, (bool)again["isReconciled"]!).ShouldBe((2, true));
        (await app.Order(swiss))["version"]!.ToString().ShouldBe(version);

        var second = await Review();
        Orders(second).ShouldBe([waiting]);
        ((int)(await Apply(second))["report"]!["corrected"]!).ShouldBe(1);
        Orders(await Review()).ShouldBeEmpty();

        foreach (var (id, hash) in before.Where(order => order.Key != waiting))
        {
            (await CorrectingOneOrder.HashOf(app, id)).ShouldBe(hash);
        }

        var corrected = (await app.Send("GET", $"/v1/orders/{swiss}/history").Json())["items"]!.AsArray().Single(e => e!["type"]!.ToString() == "DeliveryFeeCorrected")!;
        (corrected["actor"]!.ToString(), corrected["data"]!["operationId"]!.ToString()).ShouldBe(("dev", review["id"]!.ToString()));
        var chain = (await app.Send("GET", $"/admin/events/{corrected["sequence"]}/chain").Json())["nodes"]!.AsArray().Select(n => n!["name"]!.ToString()).ToList();
        chain.ShouldContain("POST /admin/corrections/delivery-fees/{id}/application");
        chain.ShouldContain("PaymentAmended");
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        await app.Send("POST", "/admin/corrections/delivery-fees", new { policyVersion = 1, correctPolicyVersion = 2 }, expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("POST", "/admin/corrections/delivery-fees", new { policyVersion = 1, correctPolicyVersion = 1, reason = "r" }, expect: 400);
        await app.Send("POST", "/admin/corrections/delivery-fees", new { policyVersion = 1, correctPolicyVersion = 99, reason = "r" }, expect: 422);
        await app.Send("POST", "/admin/corrections/delivery-fees/none/application", new { reason = "r" }, expect: 404).ShouldBeProblem("not-found");
        await app.Send(
            "POST", "/admin/corrections/delivery-fees", new { policyVersion = 1, correctPolicyVersion = 2, reason = "r" },
            token: Tokens.For("sue", "support"), expect: 403);
    }

    private async Task<string> Order(string country, bool delivered)
    {
        var placed = await app.Settles(() => app.Send("POST", "/v1/orders", new
        {
            customerId = "anna",
            lines = new[] { new { sku = "CM-1", quantity = 1 } },
            deliverTo = new { name = "A", street = "S", city = "C", postalCode = "P", country },
            deliveryService = "standard",
        }, expect: 201));
        var id = placed.Header("Location").Split('/')[^1];
        if (delivered)
        {
            await app.Pays(id);
            await app.Delivers(await app.Ships(id));
        }

        return id;
    }

    private async Task<JsonNode> Review() => await app.Succeeds((await app.Send(
        "POST", "/admin/corrections/delivery-fees", new { policyVersion = 1, correctPolicyVersion = 2, reason = "wrong zones" }, expect: 202)).Header("Location"));

    private async Task<JsonNode> Apply(JsonNode review) => await app.Succeeds((await app.Send(
        "POST", $"/admin/corrections/delivery-fees/{review["id"]}/application", new { reason = "approved" }, expect: 202)).Header("Location"));

    private async Task<(decimal, int)> Fee(string id) => await app.Order(id) is var o ? ((decimal)o["deliveryFee"]!, (int)o["feePolicyVersion"]!) : default;

    private static IEnumerable<string> Orders(JsonNode review) => review["report"]!["orders"]!.AsArray().Select(o => o!["orderId"]!.ToString());

    private static IEnumerable<(string, int, decimal, decimal, decimal)> Sums(JsonNode report) => report["sums"]!.AsArray().Select(s => (
        s!["currency"]!.ToString(), (int)s["orders"]!, (decimal)s["charged"]!, (decimal)s["correct"]!, (decimal)s["difference"]!));
}
