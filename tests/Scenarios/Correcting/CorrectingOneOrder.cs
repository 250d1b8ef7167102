using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;

namespace Monolith.Scenarios.Correcting;

public sealed class CorrectingOneOrder(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_fee_too_high_is_given_back_and_what_was_recorded_stays()
    {
        await app.HasProduct("CO-1");
        var id = await app.HasOrder("CO-1");
        await app.Pays(id);
        await app.Delivers(await app.Ships(id));
        var total = (decimal)(await app.Order(id))["total"]!;
        var recorded = await HashOf(app, id);

        var corrected = await Correct(id, 1.90m);
        ((decimal)corrected["deliveryFee"]!, (decimal)corrected["total"]!, corrected["status"]!.ToString()).ShouldBe((1.90m, total - 3, "delivered"));
        Payment(corrected).ShouldBe(("refundPending", total - 3, total, 0));

        var again = await Correct(id, 1.90m);
        again["version"]!.ToString().ShouldBe(corrected["version"]!.ToString());

        await app.Reports(new
        {
            type = "refund.succeeded",
            paymentId = corrected["payment"]!["paymentId"]!.ToString(),
            amount = 3,
            currency = "EUR",
            reference = "re-1",
            occurredAt = app.Clock.GetUtcNow(),
        });
        Payment(await app.Order(id)).ShouldBe(("refunded", total - 3, total, 3));
        (await HashOf(app, id)).ShouldBe(recorded);
        (await app.Send("GET", $"/v1/orders/{id}/history").Json())["items"]!.AsArray().Select(e => e!["type"]!.ToString())
            .ShouldBe(["OrderPlaced", "StockReserved", "PaymentRequested", "PaymentReceived", "ShipmentRequested", "OrderShipped", "OrderDelivered",
                "DeliveryFeeCorrected", "RefundRequested", "RefundConfirmed"]);

        var head = await app.Head();
        var row = (await app.Send("GET", $"/v1/orders?minSequence={head}").Json())["items"]!.AsArray().Single(o => o!["id"]!.ToString() == id)!;
        ((decimal)row["deliveryFee"]!, (decimal)row["total"]!).ShouldBe((1.90m, total - 3));
    }

    [Fact]
    public async Task A_fee_too_low_is_asked_for()
    {
        await app.HasProduct("CO-2");
        var id = await app.HasOrder("CO-2");
        await app.Pays(id);
        var total = (decimal)(await app.Order(id))["total"]!;

        var corrected = await Correct(id, 7.40m);
        Payment(corrected).ShouldBe(("pending", total + 2.50m, total, 0));
        (await app.StatusOf(id)).ShouldBe("paid");
        await app.Send("POST", $"/v1/orders/{id}/payments", new { amount = total, reference = "t" }, expect: 422);
        await app.Settles(() => app.Send("POST", $"/v1/orders/{id}/payments", new { amount = 2.50m, reference = "t" }, expect: 201));
        Payment(await app.Order(id)).ShouldBe(("received", total + 2.50m, total + 2.50m, 0));
    }

    [Fact]
    public async Task An_order_that_waits_is_paid_with_the_right_amount()
    {
        await app.HasProduct("CO-3");
        var id = await app.HasOrder("CO-3");
        var corrected = await Correct(id, 0);
        Payment(corrected).ShouldBe(("pending", (decimal)corrected["itemsTotal"]!, 0, 0));
        await app.Pays(id);
        (await app.StatusOf(id)).ShouldBe("paid");
        await app.Cancels(id);
        Payment(await app.Order(id)).ShouldBe(("refundPending", (decimal)corrected["itemsTotal"]!, (decimal)corrected["itemsTotal"]!, 0));
        await app.Send("POST", $"/v1/orders/{id}/corrections/delivery-fee", new { correctFee = 1, reason = "r" }, expect: 409).ShouldBeProblem("state-conflict");
    }

    [Fact]
    public async Task Only_support_corrects_and_only_with_a_good_fee()
    {
        await app.HasProduct("CO-4");
        var id = await app.HasOrder("CO-4");
        var path = $"/v1/orders/{id}/corrections/delivery-fee";
        await app.Send("POST", path, new { correctFee = 1, reason = "r" }, token: Tokens.For("anna", "customer"), expect: 403);
        await app.Send("POST", path, new { correctFee = 1.005, reason = "r" }, expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("POST", path, new { correctFee = -1, reason = "r" }, expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("POST", path, new { correctFee = 1 }, expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("POST", "/v1/orders/nobody/corrections/delivery-fee", new { correctFee = 1, reason = "r" }, expect: 404).ShouldBeProblem("not-found");
        await app.Send("POST", path, new { correctFee = 1, reason = "r" }, token: Tokens.For("sue", "support"), headers: ("If-Match", "\"1.g1\""), expect: 412);
    }

    private async Task<JsonNode> Correct(string id, decimal fee) => JsonNode.Parse(await (await app.Settles(() => app.Send(
        "POST", $"/v1/orders/{id}/corrections/delivery-fee", new { correctFee = fee, reason = "wrong zone" }))).ReadAsTextAsync())!;

    private static (string Status, decimal Due, decimal Paid, decimal Refunded) Payment(JsonNode order) => order["payment"]! is var p
        ? (p["status"]!.ToString(), (decimal)p["due"]!, (decimal)p["paid"]!, (decimal)p["refunded"]!)
        : default;

    /// <summary>Of the bytes of the events that were recorded before the correction.</summary>
    internal static async Task<string> HashOf(App app, string stream)
    {
        await using var connection = new NpgsqlConnection(app.Data.App);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select string_agg(e::text, E'\n' order by e.version) from events.mt_events e
            where e.stream_id = $1 and e.version < coalesce((select min(version) from events.mt_events where stream_id = $1 and type = 'ordering.DeliveryFeeCorrected'), 1000000)
            """,
            connection);
        command.Parameters.AddWithValue(stream);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes((string)(await command.ExecuteScalarAsync())!)));
    }
}
