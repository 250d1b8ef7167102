using System.Text.Json.Nodes;

namespace Monolith.Scenarios.History;

public sealed class LookingBack(App app) : IClassFixture<App>
{
    [Fact]
    public async Task An_order_can_be_seen_as_it_was_at_every_version_and_time()
    {
        await app.HasProduct("LB-1");
        foreach (var live in new Func<string, Task>[] { Deliver, CancelPaid, CancelAtOnce })
        {
            var id = await app.HasOrder("LB-1");
            List<JsonNode> seen = [await app.Order(id)];
            await live(id);
            seen.Add(await app.Order(id));

            var replay = (await app.Send("GET", $"/v1/orders/{id}/replay?limit=200").Json())["items"]!.AsArray();
            foreach (var step in replay.Select(step => step!))
            {
                var then = await app.Send("GET", $"/v1/orders/{id}?version={step["version"]}").Json();
                JsonNode.DeepEquals(then, step["state"]).ShouldBeTrue($"{then} is not {step["state"]}");
                then = await app.Send("GET", $"/v1/orders/{id}?asOf={Escaped(step["recordedAt"]!)}").Json();
                ((long)then["version"]!).ShouldBeGreaterThanOrEqualTo((long)step["version"]!);
            }

            replay.Count.ShouldBe((int)seen[^1]["version"]!);
            foreach (var then in seen)
            {
                JsonNode.DeepEquals(await app.Send("GET", $"/v1/orders/{id}?version={then["version"]}").Json(), then).ShouldBeTrue();
            }
        }

        async Task Deliver(string id)
        {
            await app.Pays(id);
            await app.Delivers(await app.Ships(id));
        }

        async Task CancelPaid(string id)
        {
            await app.Pays(id);
            await app.Cancels(id);
        }

        Task CancelAtOnce(string id) => app.Cancels(id);
    }

    [Fact]
    public async Task A_moment_that_is_none_is_refused()
    {
        await app.HasProduct("LB-2");
        var id = await app.HasOrder("LB-2");
        await app.Send("GET", $"/v1/orders/{id}?version=1&asOf=2026-01-01", expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("GET", $"/v1/orders/{id}?version=tomorrow", expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("GET", $"/v1/orders/{id}?version=1000", expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("GET", $"/v1/orders/{id}?asOf=2199-01-01", expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("GET", $"/v1/orders/{id}?version=0", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", $"/v1/orders/{id}?asOf=2001-01-01", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/v1/orders/nobody?version=1", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/v1/orders/nobody/history", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/v1/orders/nobody/replay", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/v1/stock/NONE/history", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/v1/stock/NONE/replay", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/v1/stock/LB-2/replay?cursor=bm9uc2Vuc2U", expect: 400).ShouldBeProblem("invalid-input");
    }

    [Fact]
    public async Task Personal_data_of_the_past_is_masked_as_that_of_today()
    {
        await app.HasProduct("LB-3");
        var id = await app.HasOrder("LB-3");
        foreach (var path in new[] { $"/v1/orders/{id}?version=1", $"/v1/orders/{id}/history", $"/v1/orders/{id}/replay" })
        {
            (await (await app.Send("GET", path, token: Tokens.For("vera", "viewer"))).ReadAsTextAsync()).ShouldNotContain("Anna Adam");
            (await (await app.Send("GET", path, token: Tokens.For("sue", "support"))).ReadAsTextAsync()).ShouldContain("Anna Adam");
        }

        await app.Send("GET", $"/v1/orders/{id}?version=1", token: Tokens.For("anna", "customer"));
        await app.Send("GET", $"/v1/orders/{id}?version=1", token: Tokens.For("eve", "customer"), expect: 404);
        await app.Send("GET", $"/v1/orders/{id}/history", token: Tokens.For("anna", "customer"), expect: 403).ShouldBeProblem("forbidden");
    }

    [Fact]
    public async Task A_ledger_is_replayed_page_by_page()
    {
        await app.HasProduct("LB-4", pieces: 100);
        var id = await app.HasOrder("LB-4", quantity: 3);
        await app.Pays(id);
        await app.Ships(id);
        await app.Send("POST", "/v1/stock/LB-4/adjustments", new { delta = -2, reason = "broken" });

        var steps = await AllPages("/v1/stock/LB-4/replay?limit=1");
        steps.Select(step => (step["type"]!.ToString(), (long)step["state"]!["onHand"]!, (long)step["state"]!["reserved"]!)).ShouldBe(
            [("StockReceived", 100, 0), ("QuantityReserved", 100, 3), ("QuantityShipped", 97, 0), ("StockAdjusted", 95, 0)]);
        steps[1]["changed"]!.AsArray().Select(name => name!.ToString()).ShouldBe(["reserved", "available", "version"]);
        JsonNode.DeepEquals(steps[^1]["state"], await app.Send("GET", "/v1/stock/LB-4").Json()).ShouldBeTrue();
        await BeginsAnywhere("/v1/stock/LB-4/replay", steps);
        var history = await AllPages("/v1/stock/LB-4/history?limit=2");
        history.Select(e => (long)e["version"]!).ShouldBe([1, 2, 3, 4]);
        foreach (var name in new[] { "actor", "correlationId", "causationId", "traceId" })
        {
            history.ShouldAllBe(e => e[name] != null && e[name]!.ToString().Length > 0);
        }
    }

    [Fact]
    public async Task An_order_is_replayed_from_any_version()
    {
        await app.HasProduct("LB-5");
        var id = await app.HasOrder("LB-5");
        await app.Pays(id);
        await BeginsAnywhere($"/v1/orders/{id}/replay", await AllPages($"/v1/orders/{id}/replay?limit=200"));
        await app.Send("GET", $"/v1/orders/{id}/replay?fromVersion=0", expect: 400).ShouldBeProblem("invalid-input");
    }

    /// <summary>From a version on, the replay is what it is as a whole; what changed is told of the first step, too.</summary>
    private async Task BeginsAnywhere(string path, List<JsonNode> steps)
    {
        for (var version = 1; version <= steps.Count + 1; version++)
        {
            var rest = await AllPages($"{path}?fromVersion={version}&limit=2");
            rest.Zip(steps.Skip(version - 1)).ShouldAllBe(pair => JsonNode.DeepEquals(pair.First, pair.Second));
            rest.Count.ShouldBe(steps.Count - version + 1);
        }
    }

    private async Task<List<JsonNode>> AllPages(string path)
    {
        var items = new List<JsonNode>();
        for (string? cursor = null; ;)
        {
            var page = await app.Send("GET", cursor is null ? path : $"{path}&cursor={cursor}").Json();
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            cursor = page["next"]?.ToString();
            if (cursor is null)
            {
                return items;
            }
        }
    }

    private static string Escaped(JsonNode time) => DateTimeOffset.Parse(time.ToString(), System.Globalization.CultureInfo.InvariantCulture).UtcDateTime.ToString("O");
}
