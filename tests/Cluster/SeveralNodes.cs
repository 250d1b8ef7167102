using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Monolith.Cluster;

/// <summary>Customers buy all the time while nodes come, go, die, stand still and are replaced.</summary>
public sealed class SeveralNodes(TestServer server, ITestOutputHelper output)
{
    private const string Sku = "FLEET-1";
    private const int MostReceipts = 10;

    private const int Customers = 4;

    /// <summary>Twenty orders a second altogether: what two cores carry that are shared by four processes and a database, one of the processes just starting.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the loss of a node may be felt; on a machine that has more to do, it only has to end.</summary>
    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(Scale.Of(smoke: 180, full: 30));

    private readonly ConcurrentDictionary<string, string> acknowledged = [];

    [Fact]
    public async Task Nobody_loses_an_order_and_the_read_models_follow()
    {
        await using var fleet = new Fleet(await server.NewDatabase(), ("RateLimits__PerSecond", "1000000"), ("RateLimits__Burst", "1000000"));
        var first = fleet.Add();
        await first.Sells(Sku, MostReceipts);
        using var closing = new CancellationTokenSource();
        var buying = Enumerable.Range(0, Customers).Select(c => Buys(fleet, c, closing.Token)).ToArray();

        await Then(fleet, "one node", () => Task.CompletedTask);
        await Then(fleet, "a second joins", () => IsReady(fleet.Add()));
        await Then(fleet, "the first is killed", () => fleet.Nodes[0].Kill());
        if (Scale.Full)
        {
            await AllElse(fleet);
        }

        await closing.CancelAsync();
        await Task.WhenAll(buying);
        await Balances(fleet);
    }

    private async Task AllElse(Fleet fleet)
    {
        var leader = await OnlyNode(fleet);
        fleet.Nodes[0].Start();
        await Then(fleet, "it comes back", () => IsReady(fleet.Nodes[0]));
        await Then(fleet, "a third joins", () => IsReady(fleet.Add()));
        await Then(fleet, "the third leaves", () => fleet.Nodes[2].Stop());
        fleet.Nodes[2].Start();
        await Then(fleet, "it comes back", () => IsReady(fleet.Nodes[2]));
        await Then(fleet, "two rebuilds at once", () => Rebuild(fleet));
        (await Nodes(fleet)).Single(n => (bool)n["isLeader"]!)["node"]!.ToString().ShouldBe(leader);
        await Then(fleet, "the leader stands still", fleet.Nodes[1].Freeze);
        await Then(fleet, "it wakes", async () =>
        {
            var before = (await Nodes(fleet)).Count;
            await fleet.Nodes[1].Thaw();
            await Until(async () => (await Nodes(fleet)).Count > before, "the node that woke", state: fleet.State);
        });
        foreach (var node in fleet.Nodes)
        {
            await node.Stop();
            node.Start();
            await Then(fleet, "the next is replaced", () => IsReady(node));
        }
    }

    /// <summary>Does something to the fleet, and waits until nobody feels it any more.</summary>
    private async Task Then(Fleet fleet, string what, Func<Task> happens)
    {
        await happens();
        var before = acknowledged.Count;
        var order = await Until(() => acknowledged.Count > before + Customers, $"the next order after: {what}", fleet.State);
        var head = (await Projections(fleet)).Max(p => (long)p["head"]!);
        var models = await Until(async () => (await Projections(fleet)).All(p => (long)p["position"]! >= head && p["status"]!.ToString() == "running"), $"the read models after: {what}", state: fleet.State);
        var spread = await Until(() => IsSpread(fleet), $"the work on every node after: {what}", state: fleet.State);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: next orders after {order.TotalSeconds:F1} s, read models at the head after {models.TotalSeconds:F1} s, work on all nodes after {spread.TotalSeconds:F1} s"));
        (order + models).ShouldBeLessThan(Goal, what);
    }

    private static async Task<IReadOnlyList<JsonNode>> Projections(Fleet fleet) => [.. (await Get(fleet, "/admin/projections?limit=200"))["items"]!.AsArray().Select(p => p!)];

    /// <summary>Whoever is in the list of nodes has projections to look after, and all of them have somebody.</summary>
    private static async Task<bool> IsSpread(Fleet fleet)
    {
        var owners = (await Projections(fleet)).Where(p => p["kind"]!.ToString() == "async").Select(p => (int?)p["node"]).ToList();
        return owners.All(owner => owner is not null) && (await Nodes(fleet)).All(n => owners.Contains((int)n["node"]!));
    }

    private static async Task IsReady(Node node)
    {
        using var answer = await node.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<string> OnlyNode(Fleet fleet)
    {
        await Until(async () => (await Nodes(fleet)).Count == 1, "the dead to be given up");
        return (await Nodes(fleet)).Single()["node"]!.ToString();
    }

    private static async Task<IReadOnlyList<JsonNode>> Nodes(Fleet fleet) => [.. (await Get(fleet, "/admin/nodes"))["items"]!.AsArray().Select(n => n!)];

    private async Task Rebuild(Fleet fleet)
    {
        var customer = new Customer(fleet.Http, "operator");
        var operations = new List<string>();
        foreach (var projection in (string[])["OrderList", "OrdersPerDay"])
        {
            using var answer = await customer.Post($"/admin/projections/{projection}/rebuilds", $"rebuild-{projection}", new { reason = "two at once" });
            answer.EnsureSuccessStatusCode();
            operations.Add(answer.Headers.Location!.ToString());
        }

        foreach (var operation in operations)
        {
            var outcome = await customer.Sees(operation, o => o["finishedAt"] is not null);
            outcome["status"]!.ToString().ShouldBe("succeeded", outcome.ToString());
            output.WriteLine($"{outcome["target"]} was rebuilt by node {outcome["node"]}");
        }
    }

    private async Task Buys(Fleet fleet, int customer, CancellationToken closing)
    {
        using var timer = new PeriodicTimer(Pace);
        for (var n = 0; !closing.IsCancellationRequested; n++)
        {
            var name = $"customer-{customer}-{n}";
            using var answer = await new Customer(fleet.Http, name).Orders(Sku);
            acknowledged[name] = answer.Headers.Location!.ToString();
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task Balances(Fleet fleet)
    {
        output.WriteLine($"{acknowledged.Count} orders");
        acknowledged.Count.ShouldBeLessThan(MostReceipts * Node.PiecesOfReceipt);
        acknowledged.Values.Distinct().Count().ShouldBe(acknowledged.Count);
        await Until(async () => (long)(await Get(fleet, $"/v1/stock/{Sku}"))["reserved"]! == acknowledged.Count, "every order to have its piece, once");
        await Until(async () => (await Get(fleet, "/v1/reports/orders-per-day"))["items"]!.AsArray().Sum(r => (int)r!["orders"]!) == acknowledged.Count, "the report");
        (await Get(fleet, "/admin/dead-letters"))["items"]!.AsArray().ShouldBeEmpty();
        await Task.WhenAll(acknowledged.Values.Chunk(50).Select(async some =>
        {
            foreach (var order in some)
            {
                await new Customer(fleet.Http, "check").Sees(order, o => o["status"]!.ToString() == "awaitingPayment");
            }
        }));
    }

    private static Task<JsonNode> Get(Fleet fleet, string path) => new Customer(fleet.Http, "operator").Get(path);
}
