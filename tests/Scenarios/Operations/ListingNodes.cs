using System.Text.Json.Nodes;

namespace Monolith.Scenarios.Operations;

public sealed class ListingNodes(App app, TestServer server) : IClassFixture<App>
{
    private static readonly string[] Asynchronous =
    [
        "CustomerSummary", "OrderList", "OrdersPerDay", "Stock", "UnmatchedPayments", "customer-sessions", "order-lines", "payment-failure-rate", "revenue-week-over-week",
        "sales-per-day", "sales-per-hour", "sales-per-minute", "stock-levels", "time-to-pay", "top-products-per-hour",
    ];

    [Fact]
    public async Task A_node_on_its_own_leads_and_runs_everything()
    {
        foreach (var projection in Asynchronous)
        {
            await app.Until(projection, p => p["status"]!.ToString() == "running");
        }

        var page = await app.Send("GET", "/admin/nodes").Json();
        page["next"].ShouldBeNull();
        var node = page["items"]!.AsArray().Single()!;
        ((int)node["node"]!, (bool)node["isLeader"]!).ShouldBe((1, true));
        Guid.Parse(node["id"]!.ToString()).ShouldNotBe(Guid.Empty);
        node["startedAt"]!.GetValue<DateTimeOffset>().ShouldBeLessThan(node["lastSeenAt"]!.GetValue<DateTimeOffset>());
        node["version"]!.ToString().ShouldNotBeEmpty();
        Names(node).ShouldBe([.. Asynchronous.Select(name => $"{name}:All"), "alerts", "messages", "operations", "schedules", "topics"], ignoreOrder: true);
        node["agents"]!.AsArray().Single(a => a!["name"]!.ToString() == "OrderList:All")!["uri"]!.ToString().ShouldStartWith("event-subscriptions://");
    }

    [Fact]
    public async Task In_a_cluster_there_is_one_leader_and_every_shard_runs_once()
    {
        await using var cluster = new App(server) { InCluster = true };
        await cluster.InitializeAsync();
        await using var second = await cluster.Start();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        JsonArray nodes;
        do
        {
            patience.IsCancellationRequested.ShouldBeFalse();
            nodes = (await cluster.Send("GET", "/admin/nodes").Json())["items"]!.AsArray();
        }
        while (nodes.Count < 2 || !nodes.All(node => Names(node!).Any(name => name.EndsWith(":All", StringComparison.Ordinal))));

        nodes.Count(node => (bool)node!["isLeader"]!).ShouldBe(1);
        nodes.Single(node => (bool)node!["isLeader"]!)!["agents"]!.AsArray().Select(agent => agent!["name"]!.ToString()).ShouldContain("leader");
        nodes.SelectMany(node => Names(node!)).ShouldBeUnique();
        nodes.Select(node => (int)node!["node"]!).ShouldBeInOrder();

        var other = JsonNode.Parse(await cluster.Get("/admin/nodes?limit=1", second))!;
        other["items"]!.AsArray().Count.ShouldBe(1);
        var rest = JsonNode.Parse(await cluster.Get($"/admin/nodes?limit=1&cursor={other["next"]}", second))!;
        rest["items"]![0]!["node"]!.ToString().ShouldBe(nodes[1]!["node"]!.ToString());
    }

    private static IEnumerable<string> Names(JsonNode node) => node["agents"]!.AsArray().Select(agent => agent!["name"]!.ToString());
}
