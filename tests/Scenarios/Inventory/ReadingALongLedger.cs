using Monolith.Contracts.Inventory;
using Monolith.Inventory;
using Monolith.Scenarios.Operations;

namespace Monolith.Scenarios.Inventory;

/// <summary>The snapshot of a ledger follows the log; what is read and decided is always the ledger as it is.</summary>
public sealed class ReadingALongLedger(App app) : IClassFixture<App>
{
    private const int Length = 20_000;

    [Fact]
    public async Task A_ledger_is_read_from_its_snapshot_and_the_events_after_it()
    {
        await app.HasProduct("LONG-1", pieces: 0);
        await Write("LONG-1", Length);
        await SnapshotReaches("LONG-1", Length);

        // From here on, only the snapshot knows what came before.
        await using (var session = app.Store.LightweightSession())
        {
            session.Store((await session.LoadAsync<Stock>(Stock.StreamOf("LONG-1")))! with { OnHand = 7 });
            await session.SaveChangesAsync();
        }

        (await app.StockOf("LONG-1")).ShouldBe((7, 0));
        await app.Receives("LONG-1", 1);
        (await app.StockOf("LONG-1")).ShouldBe((8, 0));
    }

    [Fact]
    public async Task A_ledger_without_its_snapshot_is_the_same()
    {
        await app.HasProduct("LONG-2", pieces: 0);
        await Write("LONG-2", 1_000);
        await SnapshotReaches("LONG-2", 1_000);
        await using (var session = app.Store.LightweightSession())
        {
            session.Delete<Stock>(Stock.StreamOf("LONG-2"));
            await session.SaveChangesAsync();
        }

        (await app.StockOf("LONG-2")).ShouldBe((1_000, 0));
        (await app.HasOrder("LONG-2")).ShouldNotBeEmpty();
        (await app.StockOf("LONG-2")).ShouldBe((1_000, 1));

        // The next event has made the snapshot again, as it would be had it never been gone.
        await SnapshotReaches("LONG-2", 1_001);
        await using var reader = app.Store.QuerySession();
        (await reader.LoadAsync<Stock>(Stock.StreamOf("LONG-2"))).ShouldBe(new Stock(Stock.StreamOf("LONG-2"), 1_000, 1, 1_001));

        // So does a rebuild.
        await using (var session = app.Store.LightweightSession())
        {
            session.Delete<Stock>(Stock.StreamOf("LONG-2"));
            await session.SaveChangesAsync();
        }

        await app.Succeeds(await app.Rebuilds("Stock"));
        (await reader.LoadAsync<Stock>(Stock.StreamOf("LONG-2"))).ShouldBe(new Stock(Stock.StreamOf("LONG-2"), 1_000, 1, 1_001));
    }

    private async Task Write(string sku, int receipts)
    {
        await using var session = app.Store.LightweightSession();
        session.Events.StartStream<Stock>(
            Stock.StreamOf(sku), Enumerable.Range(0, receipts).Select(object (n) => new StockReceived(sku, 1, $"note {n}", DateTimeOffset.UnixEpoch)));
        await session.SaveChangesAsync();
    }

    private async Task SnapshotReaches(string sku, long version)
    {
        await app.Until("Stock", p => (long)p["lagEvents"]! == 0);
        await using var session = app.Store.QuerySession();
        (await session.LoadAsync<Stock>(Stock.StreamOf(sku)))!.EventsFolded.ShouldBe(version);
    }
}
