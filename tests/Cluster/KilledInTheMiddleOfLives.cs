using System.Collections.Concurrent;

namespace Monolith.Cluster;

/// <summary>The only node is killed again and again while orders live their lives; the messages of the dead process go on after its restart.</summary>
public sealed class KilledInTheMiddleOfLives(TestServer server, ITestOutputHelper output)
{
    private const int Buyers = 6;

    private readonly ConcurrentBag<TimeSpan> waits = [];
    private int finished;

    [Fact]
    public async Task Every_order_moves_on_and_the_books_balance()
    {
        await using var node = new Node(await server.NewDatabase());
        node.Start();
        await node.Sells("LIFE-1");

        var kills = Scale.Of(smoke: 1, full: 20);
        var lives = Scale.Of(smoke: 4, full: 40);
        var buyers = Enumerable.Range(0, Buyers).Select(b => Live(node, b, lives)).ToArray();
        for (var kill = 1; kill <= kills; kill++)
        {
            await Until(() => Volatile.Read(ref finished) >= Buyers * lives * kill / (kills + 1), $"lives before kill {kill}");
            await node.Kill();
            node.Start();
        }

        var ends = (await Task.WhenAll(buyers)).SelectMany(e => e).ToArray();
        output.WriteLine($"{kills} kills, {ends.Length} orders; every order moved on within {waits.Max().TotalSeconds:F1} s of a restart");

        ends.Length.ShouldBe(Buyers * lives);
        ends.Distinct().Count().ShouldBe(ends.Length);
        var check = new Customer(node, "check");
        var orders = await Task.WhenAll(ends.Select(check.Get));
        var delivered = orders.Count(o => o["status"]!.ToString() == "delivered");
        orders.Count(o => o["status"]!.ToString() == "cancelled").ShouldBe(ends.Length - delivered);
        foreach (var order in orders)
        {
            var payment = order["payment"]!;
            ((decimal)payment["paid"]! - (decimal)payment["refunded"]!).ShouldBe(order["status"]!.ToString() == "delivered" ? (decimal)order["total"]! : 0);
        }

        // Stock is given back by another message than the money is.
        var stock = await check.Sees("/v1/stock/LIFE-1", s => (long)s["reserved"]! == 0);
        ((long)stock["onHand"]!, (long)stock["reserved"]!).ShouldBe((Node.PiecesOfReceipt - delivered, 0));
        ((long)stock["version"]!).ShouldBe(1 + (2 * ends.Length));
    }

    private async Task<List<string>> Live(Node node, int buyer, int lives)
    {
        var ends = new List<string>();
        for (var n = 0; n < lives; n++)
        {
            var customer = new Customer(node, $"buyer-{buyer}-{n}");
            var order = await customer.Places("LIFE-1");
            await customer.Sees(order, o => o["status"]!.ToString() == "awaitingPayment");
            await customer.Reports(order, "payment.succeeded");
            await customer.Sees(order, o => o["status"]!.ToString() == "paid");
            if (n % 3 == 2)
            {
                await customer.Cancels(order);
                await customer.Sees(order, o => o["payment"]!["status"]!.ToString() == "refundPending");
                await customer.Reports(order, "refund.succeeded");
                await customer.Sees(order, o => o["payment"]!["status"]!.ToString() == "refunded");
            }
            else
            {
                await customer.Delivers(await customer.Ships(order));
                await customer.Sees(order, o => o["status"]!.ToString() == "delivered");
            }

            waits.Add(customer.LongestAfterRestart);
            ends.Add(order);
            Interlocked.Increment(ref finished);
        }

        return ends;
    }
}
