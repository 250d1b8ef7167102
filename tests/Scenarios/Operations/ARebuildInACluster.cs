using System.Text.Json.Nodes;

namespace Monolith.Scenarios.Operations;

public sealed class ARebuildInACluster(TestServer server)
{
    [Fact]
    public async Task Is_asked_of_any_node_done_once_and_the_shard_runs_again_on_one()
    {
        await using var app = new App(server) { InCluster = true };
        await app.InitializeAsync();
        await using var second = await app.Start();
        await app.HasProduct("CLU-1");
        for (var i = 0; i < 5; i++)
        {
            await app.HasOrder("CLU-1");
        }

        var seen = await app.Head();
        await App.Eventually(() => app.Send("GET", $"/v1/reports/orders-per-day?minSequence={seen}"));
        foreach (var projection in new[] { "OrdersPerDay", "OrderList", "Order" })
        {
            var answers = await Task.WhenAll(new[] { app.Host, second, app.Host, second }.Select(node => node.Scenario(s =>
            {
                s.Post.Json(new { reason = "a fix" }).ToUrl($"/admin/projections/{projection}/rebuilds");
                s.IgnoreStatusCode();
            })));
            answers.Count(a => a.Context.Response.StatusCode == 409).ShouldBe(3);
            var operation = answers.Single(a => a.Context.Response.StatusCode == 202).Header("Location");

            var report = (await app.Succeeds(operation, second))["report"]!;
            new[] { "onlyLive", "onlyRebuilt", "different" }.Sum(d => (int)report[d]!).ShouldBe(0, report.ToString());
            await app.Until(projection, p => p["status"]!.ToString() == "running");
        }

        (await app.Leftovers()).ShouldBeEmpty();
        await app.HasOrder("CLU-1");
        var head = await app.Head();
        await App.Eventually(async () => JsonNode.Parse(await app.Get($"/v1/orders?minSequence={head}", second))!["items"]!.AsArray().Count.ShouldBe(6));
    }
}
