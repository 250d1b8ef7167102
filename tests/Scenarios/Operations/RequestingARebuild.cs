using System.Text.Json.Nodes;

namespace Monolith.Scenarios.Operations;

public sealed class RequestingARebuild(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("OrderList", """{}""", 400, "invalid-input")]
    [InlineData("OrderList", """{"reason":" "}""", 400, "invalid-input")]
    [InlineData("OrderList", """{"reason":"r","mode":"sideways"}""", 400, "malformed-json")]
    [InlineData("OrderList", """{"reason":"r","maxEventsPerSecond":0}""", 400, "invalid-input")]
    [InlineData("OrderList", """{"reason":"r","mode":"inPlace","maxEventsPerSecond":9}""", 400, "invalid-input")]
    [InlineData("Nothing", """{"reason":"r"}""", 404, "not-found")]
    public async Task Is_refused_with_a_reason(string projection, string body, int status, string problem) =>
        await app.Send("POST", $"/admin/projections/{projection}/rebuilds", JsonNode.Parse(body), status).ShouldBeProblem(problem);

    [Fact]
    public async Task Is_recorded_with_the_name_of_the_operator()
    {
        var accepted = await app.Send("POST", "/admin/projections/OrderList/rebuilds", new { reason = "r" }, 202, Tokens.For("otto", "operator"));
        var outcome = await app.Succeeds(accepted.Header("Location"));
        outcome["actor"]!.ToString().ShouldBe("otto");
    }

    [Fact]
    public async Task Twice_under_one_idempotency_key_starts_one_operation()
    {
        (string, string)[] key = [("Idempotency-Key", "one")];
        var first = await app.Send("POST", "/admin/projections/CustomerSummary/rebuilds", new { reason = "r" }, 202, headers: key);
        await app.Succeeds(first.Header("Location"));
        var second = await app.Send("POST", "/admin/projections/CustomerSummary/rebuilds", new { reason = "r" }, 202, headers: key);
        second.Header("Location").ShouldBe(first.Header("Location"));
    }

    [Fact]
    public async Task Leaves_an_entry_in_the_list_of_operations_newest_first()
    {
        var older = await app.Succeeds(await app.Rebuilds("OrdersPerDay"));
        var newer = await app.Succeeds(await app.Rebuilds("OrdersPerDay"));

        var ids = new List<string>();
        var path = "/admin/operations?limit=1";
        while (path is not null)
        {
            var page = await app.Send("GET", path).Json();
            ids.AddRange(page["items"]!.AsArray().Select(o => o!["id"]!.ToString()));
            path = page["next"] is { } next ? $"/admin/operations?limit=1&cursor={next}" : null;
        }

        ids.IndexOf(newer["id"]!.ToString()).ShouldBe(ids.IndexOf(older["id"]!.ToString()) - 1);
        ids.ShouldBeUnique();
        var other = await app.Succeeds(await app.Rebuilds("CustomerSummary"));
        var ofIt = (await app.Send("GET", "/admin/operations?target=CustomerSummary").Json())["items"]!.AsArray();
        ofIt[0]!["id"]!.ToString().ShouldBe(other["id"]!.ToString());
        ofIt.ShouldAllBe(o => o!["target"]!.ToString() == "CustomerSummary");
        await app.Send("GET", "/admin/operations/nothing", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/admin/operations?cursor=nonsense", expect: 400).ShouldBeProblem("invalid-input");
    }
}
