using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace Monolith.Cluster;

public sealed class KilledWhileWorking(TestServer server)
{
    private const int Customers = 8;

    [Fact]
    public async Task No_acknowledged_order_is_lost_and_nothing_is_counted_twice()
    {
        await using var node = new Node(await server.NewDatabase());
        node.Start();
        await Put(node, "/v1/products/KILL-1", new { name = "Tea", unitPrice = 3, currency = "EUR", weightKg = 1, category = "tea", active = true });

        using (var receipt = await Send(node, HttpMethod.Post, "/v1/stock/KILL-1/receipts", "stock", new { quantity = 10_000, reference = "note" }))
        {
            receipt.EnsureSuccessStatusCode();
        }

        var acknowledged = new ConcurrentDictionary<string, string>();
        var kills = Scale.Of(smoke: 1, full: 10);
        var ordersPerCustomer = Scale.Of(smoke: 30, full: 300);
        var customers = Enumerable.Range(0, Customers).Select(c => Buy(node, c, ordersPerCustomer, acknowledged)).ToArray();
        for (var kill = 1; kill <= kills; kill++)
        {
            await Until(() => acknowledged.Count >= Customers * ordersPerCustomer * kill / (kills + 1));
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
            using var answer = await Send(node, HttpMethod.Post, "/v1/orders", key, new
            {
                customerId = $"customer-{customer}",
                lines = new[] { new { sku = "KILL-1", quantity = 1 } },
                deliverTo = new { name = "A", street = "S", city = "C", postalCode = "P", country = "DE" },
                deliveryService = "standard",
            });
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            acknowledged[key] = answer.Headers.Location!.ToString();
            last = long.Parse(answer.Headers.GetValues("Monolith-Sequence").Single());
        }

        return last;
    }

    private static async Task Put(Node node, string path, object body) =>
        (await Send(node, HttpMethod.Put, path, key: null, body)).StatusCode.ShouldBe(HttpStatusCode.Created);

    private static async Task<HttpResponseMessage> Send(Node node, HttpMethod method, string path, string? key, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await node.Http.SendAsync(request);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            await timer.WaitForNextTickAsync();
        }
    }
}
