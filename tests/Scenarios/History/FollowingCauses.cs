using System.Text.Json.Nodes;
using Monolith.Scenarios.Operations;

namespace Monolith.Scenarios.History;

public sealed class FollowingCauses(App app) : IClassFixture<App>
{
    [Fact]
    public async Task From_every_event_the_command_and_all_that_followed_can_be_found()
    {
        await app.HasProduct("FC-1");
        var placed = await app.Settles(() => app.Send("POST", "/v1/orders", Shop.OrderOf("FC-1"), 201, headers: ("X-Correlation-ID", "web-1")));
        var id = placed.Header("Location").Split('/')[^1];

        var trail = (await app.Send("GET", $"/v1/orders/{id}/history").Json())["items"]!.AsArray();
        trail.Select(e => e!["type"]!.ToString()).ShouldBe(["OrderPlaced", "StockReserved", "PaymentRequested"]);
        foreach (var e in trail.Select(e => e!))
        {
            (e["actor"]!.ToString(), e["correlationId"]!.ToString(), e["streamType"]!.ToString(), e["module"]!.ToString())
                .ShouldBe(("dev", "web-1", "order", "ordering"));
            e["causationId"]!.ToString().ShouldNotBeEmpty();
            e["traceId"]!.ToString().ShouldBe(trail[0]!["traceId"]!.ToString());
        }

        var chain = await Chain(trail[^1]!);
        Names(chain, "command").ShouldBe(["POST /v1/orders"]);
        Names(chain, "message").ShouldBe(["ReserveStock", "ReservationMade", "OpenPayment", "PaymentOpened"]);
        Names(chain, "event").ShouldBe(["OrderPlaced", "QuantityReserved", "StockReserved", "PaymentOpened", "PaymentRequested"]);
        Walk(chain).ShouldBe(
        [
            "POST /v1/orders", "OrderPlaced", "ReserveStock", "QuantityReserved", "ReservationMade", "StockReserved", "OpenPayment", "PaymentOpened",
            "PaymentOpened", "PaymentRequested",
        ]);
        foreach (var node in chain["nodes"]!.AsArray().Where(node => node!["sequence"] is not null))
        {
            JsonNode.DeepEquals(await Chain(node!), chain).ShouldBeTrue(node!.ToString());
        }
    }

    [Fact]
    public async Task A_message_that_recorded_nothing_does_not_break_the_chain()
    {
        await app.HasProduct("FC-2", pieces: 1);
        var id = await app.HasOrder("FC-2", quantity: 2);
        var cancelled = (await app.Send("GET", $"/v1/orders/{id}/history").Json())["items"]!.AsArray()[^1]!;
        cancelled["type"]!.ToString().ShouldBe("OrderCancelled");
        Walk(await Chain(cancelled)).ShouldBe(["POST /v1/orders", "OrderPlaced", "ReserveStock", "OutOfStock", "OrderCancelled"]);
    }

    [Fact]
    public async Task Events_of_types_that_nobody_knows_are_in_it()
    {
        await app.HasProduct("FC-3");
        await app.HasForeignEvent("gone-1", "gone.ThingHappened", correlation: "web-3");
        var placed = await app.Settles(() => app.Send("POST", "/v1/orders", Shop.OrderOf("FC-3"), 201, headers: ("X-Correlation-ID", "web-3")));
        var id = placed.Header("Location").Split('/')[^1];
        var chain = await Chain((await app.Send("GET", $"/v1/orders/{id}/history").Json())["items"]![0]!);
        Names(chain, "event").ShouldBe(["OrderPlaced", "QuantityReserved", "StockReserved", "PaymentOpened", "PaymentRequested"]);
        ((bool)chain["truncated"]!).ShouldBeFalse();

        var foreign = await Chain((await app.Send("GET", "/admin/streams/gone-1").Json())["events"]!["items"]![0]!);
        Names(foreign, "event").ShouldBe(["ThingHappened"]);
    }

    [Fact]
    public async Task A_correlation_that_is_too_long_is_cut_and_says_so()
    {
        await app.HasProduct("FC-4");
        await using (var database = Npgsql.NpgsqlDataSource.Create(app.Data.App))
        await using (var command = database.CreateCommand(
            """
            with stream as (insert into events.mt_streams (id, type, version) values ('many', 'gone', 2000))
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, correlation_id)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), 'many', n, '{}', 'gone.ThingHappened', now(), 'web-4' from generate_series(1, 2000) n
            """))
        {
            await command.ExecuteNonQueryAsync();
        }

        ((bool)(await Chain((await app.Send("GET", "/admin/streams/many?limit=1").Json())["events"]!["items"]![0]!))["truncated"]!).ShouldBeFalse();
        var placed = await app.Settles(() => app.Send("POST", "/v1/orders", Shop.OrderOf("FC-4"), 201, headers: ("X-Correlation-ID", "web-4")));
        var id = placed.Header("Location").Split('/')[^1];
        var chain = await Chain((await app.Send("GET", $"/v1/orders/{id}/history").Json())["items"]![0]!);
        ((bool)chain["truncated"]!).ShouldBeTrue();
        Names(chain, "command").ShouldBe(["POST /v1/orders"]);
        Names(chain, "event").ShouldBe(["OrderPlaced"]);
    }

    [Fact]
    public async Task An_event_that_is_not_there_has_no_chain()
    {
        await app.Send("GET", "/admin/events/999999999/chain", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/admin/events/first/chain", expect: 404).ShouldBeProblem("not-found");
    }

    private Task<JsonNode> Chain(JsonNode e) => app.Send("GET", $"/admin/events/{e["sequence"]}/chain").Json();

    private static IEnumerable<string> Names(JsonNode chain, string kind) =>
        chain["nodes"]!.AsArray().Where(node => node!["kind"]!.ToString() == kind).Select(node => node!["name"]!.ToString());

    /// <summary>The names along the edges of a chain that does not branch.</summary>
    private static List<string> Walk(JsonNode chain)
    {
        var nodes = chain["nodes"]!.AsArray().ToDictionary(node => node!["id"]!.ToString(), node => node!["name"]!.ToString());
        var next = chain["edges"]!.AsArray().ToDictionary(edge => edge!["from"]!.ToString(), edge => edge!["to"]!.ToString());
        var names = new List<string>();
        for (var id = nodes.Keys.Except(next.Values).Single(); id is not null; id = next.GetValueOrDefault(id))
        {
            names.Add(nodes[id]);
        }

        return names;
    }
}
