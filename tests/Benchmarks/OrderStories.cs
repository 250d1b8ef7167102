using Marten;
using Monolith.Contracts.Ordering;
using Monolith.Ordering;

namespace Monolith.Benchmarks;

/// <summary>Orders that are paid, cancelled or still wait for their payment: a third each, three events on average.</summary>
internal static class OrderStories
{
    private const int Writers = 8;
    private const int OrdersOfCommit = 250;
    private const int EventsOfOrder = 3;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Written by eight writers at the same time, so that the streams lie interleaved in the log.</summary>
    /// <param name="placedAt">When the order of a number was placed; hours of some months, again and again, unless something else is said.</param>
    public static Task Write(IDocumentStore store, int events, Func<int, DateTimeOffset>? placedAt = null) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Write(store, writer, events / EventsOfOrder, placedAt ?? (n => Start.AddHours(n % 2_000)))));

    private static async Task Write(IDocumentStore store, int writer, int orders, Func<int, DateTimeOffset> placedAt)
    {
        for (var from = writer * OrdersOfCommit; from < orders; from += Writers * OrdersOfCommit)
        {
            await using var session = store.LightweightSession();
            foreach (var n in Enumerable.Range(from, Math.Min(OrdersOfCommit, orders - from)))
            {
                var id = Guid.CreateVersion7().ToString();
                session.Events.StartStream<Order>(id, Story(n, id, placedAt(n)));
            }

            await session.SaveChangesAsync();
        }
    }

    private static object[] Story(int n, string id, DateTimeOffset at)
    {
        var total = 1m + (n % 7);
        var placed = new OrderPlaced(
            id, $"customer-{n % 1_000}", "EUR", [new OrderLine("BENCH", "Benchmark", "things", 1, 1, total, total)],
            new Recipient("N", "S", "C", "P", "DE"), DeliveryService.Standard, new DeliveryCharge(0, 0, Zone: null, 1), total, total, at);
        var requested = new PaymentRequested(id, $"payment-{n}", total, "EUR", at);
        return (n % 3) switch
        {
            0 => [placed, requested],
            1 => [placed, requested, new OrderCancelled(id, CancellationCause.Customer, "benchmark", at.AddMinutes(1))],
            _ =>
            [
                placed, requested, new PaymentReceived(id, $"payment-{n}", total, "EUR", "r", at.AddMinutes(1)),
                new ShipmentRequested(id, $"shipment-{n}", at.AddMinutes(1)),
            ],
        };
    }
}
