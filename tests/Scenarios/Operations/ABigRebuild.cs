using Marten;
using Monolith.Contracts.Ordering;

namespace Monolith.Scenarios.Operations;

public sealed class ABigRebuild(App app) : IClassFixture<App>
{
    private static readonly int Orders = Scale.Of(smoke: 4_000, full: 200_000);

    [Fact]
    public async Task The_daily_totals_equal_a_recount_of_the_log_before_and_after()
    {
        await OrderStories.Write(app.Store, Orders);
        var recount = await Recount();
        (await Report()).ShouldBe(recount, ignoreOrder: true);

        var said = await app.Follow(await app.Rebuilds("OrdersPerDay"));

        said[^1]["status"]!.ToString().ShouldBe("succeeded", said[^1].ToString());
        said.Select(o => (double)o["percent"]!).ShouldBeInOrder();
        (await Report()).ShouldBe(recount, ignoreOrder: true);
    }

    private async Task<IReadOnlyList<string>> Recount()
    {
        await using var session = app.Store.QuerySession();
        var orders = new Dictionary<string, (DateTimeOffset At, decimal Total, string Status)>();
        await foreach (var e in session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToAsyncEnumerable())
        {
            // So many orders raise alerts, and what became of those stands in the same log.
            if (!e.StreamKey!.StartsWith("order-", StringComparison.Ordinal))
            {
                continue;
            }

            orders[e.StreamKey!] = e.Data switch
            {
                OrderPlaced p => (p.PlacedAt, p.Total, "placed"),
                PaymentRequested => orders[e.StreamKey!] with { Status = "awaitingPayment" },
                PaymentReceived => orders[e.StreamKey!],
                ShipmentRequested => orders[e.StreamKey!] with { Status = "paid" },
                OrderCancelled => orders[e.StreamKey!] with { Status = "cancelled" },
                _ => throw new InvalidOperationException($"Unexpected {e.EventTypeName}."),
            };
        }

        orders.Count.ShouldBe(Orders);
        return [.. orders.Values.GroupBy(o => (Day: DateOnly.FromDateTime(o.At.UtcDateTime), o.Status))
            .Select(g => $"{g.Key.Day:O} {g.Key.Status} {g.Count()} {g.Sum(o => o.Total):0.##}")];
    }

    private async Task<IReadOnlyList<string>> Report()
    {
        var head = await app.Head();
        await App.Eventually(() => app.Send("GET", $"/v1/reports/orders-per-day?limit=1&minSequence={head}"));
        var rows = new List<string>();
        for (var cursor = string.Empty; ;)
        {
            var page = await app.Send("GET", $"/v1/reports/orders-per-day?limit=200{cursor}").Json();
            rows.AddRange(page["items"]!.AsArray().Select(r => $"{r!["day"]} {r["status"]} {r["orders"]} {(decimal)r["total"]!:0.##}"));
            if (page["next"] is not { } next)
            {
                return rows;
            }

            cursor = $"&cursor={next}";
        }
    }
}
