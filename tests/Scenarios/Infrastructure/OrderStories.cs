using Marten;
using Monolith.Contracts.Ordering;
using Monolith.Ordering;

namespace Monolith.Scenarios.Infrastructure;

/// <summary>
/// The lives of many orders, put into the log past all commands: a third each are paid, cancelled or still wait for their payment, three events on average.
/// </summary>
internal static class OrderStories
{
    public const int EventsOfOrder = 3;

    private const int Writers = 8;
    private const int OrdersOfCommit = 250;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Eight writers at once, so that the streams lie interleaved in the log.</summary>
    /// <param name="from">The number of the first order.</param>
    /// <param name="placedAt">When the order of a number was placed; hours of some months, again and again, unless something else is said.</param>
    public static Task Write(IDocumentStore store, int orders, int from = 0, Func<int, DateTimeOffset>? placedAt = null) => Task.WhenAll(
        Enumerable.Range(from, orders).Chunk(OrdersOfCommit).Select((commit, n) => (commit, n)).GroupBy(c => c.n % Writers, c => c.commit)
            .Select(commits => Write(store, commits, placedAt ?? UsuallyAt)));

    /// <param name="n">Decides when it begins, what it costs, and how it goes on.</param>
    public static object[] Of(string id, int n) => Of(id, n, UsuallyAt(n));

    private static object[] Of(string id, int n, DateTimeOffset at)
    {
        var total = 1m + (n % 7);
        var placed = new OrderPlaced(
            id, $"customer-{n % 1_000}", "EUR", [new OrderLine("STORY", "Story", "things", 1, 1, total, total)],
            new Recipient("N", "S", "C", "P", "DE"), DeliveryService.Standard, new DeliveryCharge(0, 0, Zone: null, 1), total, total, at);
        var requested = new PaymentRequested(id, $"payment-{id}", total, "EUR", at);
        return (n % 3) switch
        {
            0 => [placed, requested],
            1 => [placed, requested, new OrderCancelled(id, CancellationCause.Customer, "story", at.AddMinutes(1))],
            _ =>
            [
                placed, requested, new PaymentReceived(id, $"payment-{id}", total, "EUR", "r", at.AddMinutes(1)),
                new ShipmentRequested(id, $"shipment-{id}", at.AddMinutes(1)),
            ],
        };
    }

    private static DateTimeOffset UsuallyAt(int n) => Start.AddHours(n % 2_000);

    private static async Task Write(IDocumentStore store, IEnumerable<int[]> commits, Func<int, DateTimeOffset> placedAt)
    {
        foreach (var commit in commits)
        {
            await using var session = store.LightweightSession();
            foreach (var n in commit)
            {
                var id = $"order-{Guid.CreateVersion7()}";
                session.Events.StartStream<Order>(id, Of(id, n, placedAt(n)));
            }

            await session.SaveChangesAsync();
        }
    }
}
