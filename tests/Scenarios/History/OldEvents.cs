using System.Text.Json.Nodes;
using Monolith.Scenarios.Operations;
using Npgsql;

namespace Monolith.Scenarios.History;

/// <summary>A log that began with the first version of every event, as the approved samples have it, and went on with today's.</summary>
public sealed class OldEvents(App app) : IClassFixture<App>
{
    private static readonly string Approved = Path.Combine(Checkout.Folder, "tests", "Unit", "Contracts", "Approved");

    [Fact]
    public async Task Old_and_new_events_are_read_projected_and_rebuilt_alike()
    {
        await Recorded("order-1", "order", "ordering.OrderPlaced", "ordering.StockReserved", "ordering.PaymentRequested", "ordering.OrderCancelled");
        await Recorded("webhook-msg_1", "unmatched_payment", "payments.ReportUnmatched");
        await app.Succeeds(await app.Rebuilds("Order"));

        await app.HasProduct("OE-1", pieces: 1);
        var mine = await app.HasOrder("OE-1");
        await app.Cancels(mine, reason: "mind changed");
        var unlucky = await app.HasOrder("OE-1", quantity: 2);
        await app.Webhook("""{"type":"payment.succeeded","paymentId":"nobody","amount":1,"currency":"EUR"}""", "msg_2");
        await app.Webhook("nonsense", "msg_3");

        var seen = await Everything(mine, unlucky);
        Cancelled(seen[0]).ShouldBe(("cancelled", "mind changed"));
        Cancelled(seen[1]).ShouldBe(("cancelled", "mind changed"));
        Cancelled(seen[2]).ShouldBe(("cancelled", "outOfStock"));
        seen[3]["items"]!.AsArray().Select(p => p!["reason"]!.ToString()).ShouldBe(["otherAmount", "unknownPayment", "unreadable"], ignoreOrder: true);
        seen[4]["items"]!.AsArray().Select(e => e!["type"]!.ToString()).ShouldBe(["OrderPlaced", "StockReserved", "PaymentRequested", "OrderCancelled"]);
        seen[4]["items"]!.AsArray()[^1]!["data"]!["cause"]!.ToString().ShouldBe("customer");

        foreach (var projection in new[] { "Order", "OrderList", "OrdersPerDay", "CustomerSummary", "UnmatchedPayments" })
        {
            await app.Succeeds(await app.Rebuilds(projection));
        }

        foreach (var (before, after) in seen.Zip(await Everything(mine, unlucky)))
        {
            after.ToJsonString().ShouldBe(before.ToJsonString());
        }
    }

    private async Task<IReadOnlyList<JsonNode>> Everything(string mine, string other)
    {
        var head = await app.Head();
        return
        [
            await app.Order("order-1"), await app.Order(mine), await app.Order(other),
            await app.Send("GET", $"/v1/payments/unmatched?minSequence={head}").Json(),
            await app.Send("GET", "/v1/orders/order-1/history").Json(), await app.Send("GET", "/v1/orders/order-1/replay").Json(),
            await app.Send("GET", $"/v1/orders?minSequence={head}").Json(),
            await app.Send("GET", $"/v1/reports/orders-per-day?minSequence={head}").Json(),
            await app.Send("GET", $"/v1/customers/anna/summary?minSequence={head}").Json(),
        ];
    }

    private static (string, string) Cancelled(JsonNode order) => (order["status"]!.ToString(), order["cancelReason"]!.ToString());

    private async Task Recorded(string stream, string type, params string[] events)
    {
        await using var connection = new NpgsqlConnection(app.Data.App);
        await connection.OpenAsync();
        await using (var created = new NpgsqlCommand("insert into events.mt_streams (id, type, version, tenant_id) values ($1, $2, $3, '*DEFAULT*')", connection))
        {
            created.Parameters.AddWithValue(stream);
            created.Parameters.AddWithValue(type);
            created.Parameters.AddWithValue((long)events.Length);
            await created.ExecuteNonQueryAsync();
        }

        foreach (var (index, name) in events.Index())
        {
            await using var appended = new NpgsqlCommand(
                """
                insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type)
                values (nextval('events.mt_events_sequence'), gen_random_uuid(), $1, $2, $3::jsonb, $4, now(), '*DEFAULT*', 'Of.The.Past, Past')
                """,
                connection);
            appended.Parameters.AddWithValue(stream);
            appended.Parameters.AddWithValue((long)index + 1);
            appended.Parameters.AddWithValue(await File.ReadAllTextAsync(Path.Combine(Approved, $"{name}.v1.json")));
            appended.Parameters.AddWithValue(name);
            await appended.ExecuteNonQueryAsync();
        }
    }
}
