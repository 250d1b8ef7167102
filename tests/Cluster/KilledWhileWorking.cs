using System.Collections.Concurrent;

namespace Monolith.Cluster;

public sealed class KilledWhileWorking(TestServer server)
{
    private const int Customers = 8;

    [Fact]
    public async Task No_acknowledged_order_is_lost_and_nothing_is_counted_twice()
    {
        await using var node = new Node(await server.NewDatabase());
        node.Start();
        await node.Sells("KILL-1");
        var acknowledged = new ConcurrentDictionary<string, string>();
        var kills = Scale.Of(smoke: 1, full: 10);
        var ordersPerCustomer = Scale.Of(smoke: 30, full: 300);
        var customers = Enumerable.Range(0, Customers).Select(c => Buy(node, c, ordersPerCustomer, acknowledged)).ToArray();
        for (var kill = 1; kill <= kills; kill++)
        {
            await Until(() => acknowledged.Count >= Customers * ordersPerCustomer * kill / (kills + 1), $"orders before kill {kill}");
            await node.Kill();
            node.Start();
        }

        var last = (await Task.WhenAll(customers)).Max();

        acknowledged.Count.ShouldBe(Customers * ordersPerCustomer);
        acknowledged.Values.Distinct().Count().ShouldBe(acknowledged.Count);
        var report = await node.Get($"/v1/reports/orders-per-day?minSequence={last}");
        report["items"]!.AsArray().Sum(r => (int)r!["orders"]!).ShouldBe(acknowledged.Count);
        report["items"]!.AsArray().Sum(r => (decimal)r!["total"]!).ShouldBe(acknowledged.Count * 7.9m);
        var customer = new Customer(node, "check");
        foreach (var path in acknowledged.Values)
        {
            await customer.Sees(path, o => o["status"]!.ToString() == "awaitingPayment");
        }

        (await node.Get("/v1/stock/KILL-1"))["reserved"]!.GetValue<long>().ShouldBe(acknowledged.Count);
    }

    /// <returns>The sequence of the last order.</returns>
    private static async Task<long> Buy(Node node, int customer, int orders, ConcurrentDictionary<string, string> acknowledged)
    {
        var last = 0L;
        for (var n = 0; n < orders; n++)
        {
            var key = $"{customer}-{n}";
            using var answer = await new Customer(node, key).Orders("KILL-1");
            acknowledged[key] = answer.Headers.Location!.ToString();
            last = long.Parse(answer.Headers.GetValues("Monolith-Sequence").Single());
        }

        return last;
    }
}
