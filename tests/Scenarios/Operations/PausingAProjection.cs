namespace Monolith.Scenarios.Operations;

public sealed class PausingAProjection(App app) : IClassFixture<App>
{
    [Fact]
    public async Task It_stands_still_until_it_is_resumed()
    {
        await app.HasProduct("PAU-1");
        await app.HasOrder("PAU-1");
        await app.HasCaughtUp("OrderList");

        var paused = await app.Send("POST", "/admin/projections/OrderList/pause", new { reason = "the database is moved" }).Json();
        paused["status"]!.ToString().ShouldBe("paused");
        var order = await app.HasOrder("PAU-1");
        (await app.Send("GET", "/v1/orders").Json())["items"]!.AsArray().Select(o => o!["id"]!.ToString()).ShouldNotContain(order);
        (await app.Projection("OrderList"))["status"]!.ToString().ShouldBe("paused");
        (await app.Projection("OrdersPerDay"))["status"]!.ToString().ShouldBe("running");

        // A verification compares it where it stands, and leaves it there.
        var report = (await app.Succeeds(await app.Verifies("OrderList")))["report"]!;
        ((bool)report["isExact"]!).ShouldBeTrue(report.ToString());
        ((int)report["onlyRebuilt"]!).ShouldBe(0);
        (await app.Projection("OrderList"))["status"]!.ToString().ShouldBe("paused");

        await app.Send("POST", "/admin/projections/OrderList/resume", new { reason = "moved" });
        await app.HasCaughtUp("OrderList");
        await app.Until("OrderList", p => p["status"]!.ToString() == "running");
        (await app.Send("GET", "/v1/orders").Json())["items"]!.AsArray().Select(o => o!["id"]!.ToString()).ShouldContain(order);
    }

    [Fact]
    public async Task A_rebuild_ends_the_pause()
    {
        await app.Send("POST", "/admin/projections/CustomerSummary/pause", new { reason = "it is wrong" });
        await app.Succeeds(await app.Rebuilds("CustomerSummary"));
        await app.Until("CustomerSummary", p => p["status"]!.ToString() == "running");
    }

    [Theory]
    [InlineData("Order", """{"reason":"r"}""", 422, "rule-violated")]
    [InlineData("OrderList", """{}""", 400, "invalid-input")]
    [InlineData("Nothing", """{"reason":"r"}""", 404, "not-found")]
    public async Task Is_refused_with_a_reason(string projection, string body, int status, string problem)
    {
        await app.Send("POST", $"/admin/projections/{projection}/pause", System.Text.Json.Nodes.JsonNode.Parse(body), status).ShouldBeProblem(problem);
        await app.Send("POST", $"/admin/projections/{projection}/resume", System.Text.Json.Nodes.JsonNode.Parse(body), status).ShouldBeProblem(problem);
    }
}
