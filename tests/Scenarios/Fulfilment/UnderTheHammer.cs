using System.Collections.Concurrent;
using System.Diagnostics;
using Marten;
using Monolith.Contracts.Inventory;
using Monolith.Contracts.Payments;

namespace Monolith.Scenarios.Fulfilment;

/// <summary>Many clients do what they like to the same few orders and the same product; nothing breaks and the books balance.</summary>
public sealed class UnderTheHammer(App app) : IClassFixture<App>
{
    private const string Sku = "HAMMER";
    private const int Clients = 32;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(Scale.Of(smoke: 3, full: 30));
    private static readonly int[] Right = [200, 201, 202, 409, 422];

    private readonly ConcurrentBag<string> orders = [];
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> placedUnder = new(StringComparer.Ordinal);
    private long keys;

    [Fact]
    public async Task Nothing_fails_and_the_books_balance()
    {
        await app.HasProduct(Sku, pieces: 50);
        orders.Add(await app.HasOrder(Sku));
        var statuses = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => Hammer(client))));

        var answers = statuses.SelectMany(s => s).ToArray();
        answers.Length.ShouldBeGreaterThan(Clients);
        answers.Where(status => !Right.Contains(status)).ShouldBeEmpty();
        await app.HasNothingToDo();
        await TheBooksBalance();
    }

    private async Task<List<int>> Hammer(int client)
    {
        var random = new Random(client);
        var statuses = new List<int>();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Time;)
        {
            var order = orders.ElementAt(random.Next(Math.Min(orders.Count, 5)));
            statuses.Add(random.Next(8) switch
            {
                0 or 1 => await Place(random.Next(2) == 0),
                2 => await Post($"/v1/orders/{order}/payments", new { amount = 14.9, reference = "hammer" }),
                3 => await Post($"/v1/orders/{order}/shipment", new { carrier = "DHL", trackingNumber = "T" }),
                4 when random.Next(4) == 0 => await Post($"/v1/orders/{order}/cancellation", new { reason = "hammer" }),
                5 => await Post($"/v1/stock/{Sku}/receipts", new { quantity = 1, reference = "hammer" }),
                6 => await Post($"/v1/stock/{Sku}/adjustments", new { delta = -1, reason = "hammer" }),
                _ => (await Send("GET", $"/v1/stock/{Sku}", body: null, key: null)).Context.Response.StatusCode,
            });
        }

        return statuses;
    }

    private async Task<int> Place(bool again)
    {
        var key = $"hammer-{(again ? Interlocked.Read(ref keys) : Interlocked.Increment(ref keys))}";
        var answer = await Send("POST", "/v1/orders", Shop.OrderOf(Sku), key);
        if (answer.Header("Location").Split('/')[^1] is { Length: > 0 } id)
        {
            placedUnder.GetOrAdd(key, _ => []).Add(id);
            orders.Add(id);
        }

        return answer.Context.Response.StatusCode;
    }

    private async Task<int> Post(string path, object body) => (await Send("POST", path, body, key: null)).Context.Response.StatusCode;

    private Task<IScenarioResult> Send(string method, string path, object? body, string? key) => app.Host.Scenario(s =>
    {
        _ = method == "GET" ? s.Get.Url(path) : s.Post.Json(body!).ToUrl(path);
        if (key is not null)
        {
            s.WithRequestHeader("Idempotency-Key", key);
        }

        s.IgnoreStatusCode();
    });

    private async Task TheBooksBalance()
    {
        await using var session = app.Store.QuerySession();
        (await session.AdvancedSql.QueryAsync<int>("select count(*)::int from wolverine.wolverine_dead_letters", CancellationToken.None)).Single().ShouldBe(0);

        placedUnder.Values.ShouldAllBe(ids => ids.Distinct().Count() == 1);
        var all = await session.Query<Monolith.Ordering.Order>().ToListAsync();
        all.Count.ShouldBe(orders.Distinct().Count());

        var log = (await session.Events.QueryAllRawEvents().ToListAsync()).Select(e => e.Data).ToArray();
        var received = log.OfType<StockReceived>().Sum(e => e.Quantity) + log.OfType<StockAdjusted>().Sum(e => e.Delta);
        var shipped = log.OfType<QuantityShipped>().Sum(e => e.Quantity);
        var kept = all.Count(o => o.Status is Monolith.Ordering.OrderStatus.AwaitingPayment or Monolith.Ordering.OrderStatus.Paid);
        (await app.StockOf(Sku)).ShouldBe((received - shipped, kept));
        shipped.ShouldBe(all.Count(o => o.Status == Monolith.Ordering.OrderStatus.Shipped));

        var settled = log.OfType<PaymentSettled>().Select(e => e.OrderId).ToArray();
        settled.ShouldBeUnique();
        settled.Order().ShouldBe(all.Where(o => o.Payment.Paid > 0).Select(o => o.Id).Order());
        all.Where(o => o.Payment.Paid > 0).Select(o => o.Payment.Paid).ShouldAllBe(paid => paid == 14.9m);
    }
}
