using System.Text.Json.Nodes;
using Monolith.Scenarios.Operations;

namespace Monolith.Scenarios.History;

public sealed class EventTypes(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_catalogue_counts_every_version_and_shows_a_sample()
    {
        await app.HasProduct("ET-1");
        await app.HasOrder("ET-1");
        await app.Cancels(await app.HasOrder("ET-1"));

        await app.HasForeignEvent("gone", "gone.ThingHappened");

        var types = (await app.Send("GET", "/admin/event-types?limit=200").Json())["items"]!.AsArray();
        var placed = Of(types, "ordering.OrderPlaced");
        (placed["name"]!.ToString(), (int)placed["version"]!, placed["module"]!.ToString(), (int)placed["count"]!).ShouldBe(("OrderPlaced", 1, "ordering", 2));
        placed["firstSeen"]!.GetValue<DateTimeOffset>().ShouldBeLessThan(placed["lastSeen"]!.GetValue<DateTimeOffset>());
        placed["sample"]!["deliverTo"]!["name"]!.ToString().ShouldBe("Anna Adam");
        ((int)Of(types, "ordering.OrderCancelled.v2")["version"]!).ShouldBe(2);
        ((int)Of(types, "payments.ReportUnmatched")["count"]!).ShouldBe(0);

        var foreign = Of(types, "gone.ThingHappened");
        ((int)foreign["count"]!, foreign["sample"]).ShouldBe((1, null));

        var masked = await app.Send("GET", "/admin/event-types?limit=200", token: Tokens.For("vera", "viewer"));
        (await masked.ReadAsTextAsync()).ShouldNotContain("Anna Adam");
        var first = await app.Send("GET", "/admin/event-types?limit=2").Json();
        var second = await app.Send("GET", $"/admin/event-types?limit=2&cursor={first["next"]}").Json();
        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(t => t!["storedName"]!.ToString())
            .ShouldBe(types.Take(4).Select(t => t!["storedName"]!.ToString()));
    }

    private static JsonNode Of(JsonArray types, string stored) => types.Single(t => t!["storedName"]!.ToString() == stored)!;
}
