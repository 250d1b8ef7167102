using Marten;
using Monolith.Contracts.Ordering;
using Monolith.Ordering;

namespace Monolith.Scenarios.Operations;

/// <summary>The lives of many orders, put into the log past all commands.</summary>
internal static class Stories
{
    private const int Writers = 8;
    private const int OrdersPerCommit = 250;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Eight writers at once; three events for each order on average.</summary>
    public static Task Write(IDocumentStore store, int orders) => Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Write(store, orders, writer)));

    /// <param name="n">Decides when it begins, what it costs, and how it goes on.</param>
    public static object[] Of(string id, int n)
    {
        var (at, total) = (Start.AddHours(n % 2_000), 1m + (n % 7));
        var placed = new OrderPlaced(
            id, $"customer-{n % 100}", "EUR", [new OrderLine("BIG", "Big", "things", 1, 1, total, total)],
            new Recipient("N", "S", "C", "P", "DE"), DeliveryService.Standard, new DeliveryCharge(0, 0, Zone: null, 1), total, total, at);
        var requested = new PaymentRequested(id, $"payment-{id}", total, "EUR", at);
        return (n % 3) switch
        {
            0 => [placed, requested],
            1 => [placed, requested, new OrderCancelled(id, CancellationCause.Customer, "big", at.AddHours(1))],
            _ =>
            [
                placed, requested, new PaymentReceived(id, $"payment-{id}", total, "EUR", "r", at.AddHours(1)),
                new ShipmentRequested(id, $"shipment-{id}", at.AddHours(1)),
            ],
        };
    }

    private static async Task Write(IDocumentStore store, int orders, int writer)
    {
        for (var from = writer * OrdersPerCommit; from < orders; from += Writers * OrdersPerCommit)
        {
            await using var session = store.LightweightSession();
            foreach (var n in Enumerable.Range(from, Math.Min(OrdersPerCommit, orders - from)))
            {
                session.Events.StartStream<Order>($"order-{n}", Of($"order-{n}", n));
            }

            await session.SaveChangesAsync();
        }
    }
}
