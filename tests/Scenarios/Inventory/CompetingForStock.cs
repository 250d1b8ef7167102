using Marten;
using Monolith.Contracts.Inventory;
using Monolith.Inventory;

namespace Monolith.Scenarios.Inventory;

public sealed class CompetingForStock(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Of_many_buyers_as_many_are_served_as_there_are_pieces()
    {
        await app.HasProduct("CO-1", pieces: 7);
        string[] orders = [];
        await app.Settles(async () =>
        {
            var placed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.Send("POST", "/v1/orders", Shop.OrderOf("CO-1"), expect: 201)));
            orders = [.. placed.Select(p => p.Header("Location").Split('/')[^1])];
            return placed[0];
        });

        var views = await Task.WhenAll(orders.Select(app.Order));
        views.Count(o => o["status"]!.ToString() == "awaitingPayment").ShouldBe(7);
        views.Count(o => o["cancelReason"]?.ToString() == "outOfStock").ShouldBe(13);
        (await app.StockOf("CO-1")).ShouldBe((7, 7));
    }

    [Fact]
    public async Task An_order_gets_all_its_lines_or_none()
    {
        await app.HasProduct("CO-2", pieces: 5);
        await app.HasProduct("CO-3", pieces: 1);
        await app.HasOrder("CO-3");
        var both = new
        {
            customerId = "anna",
            lines = new[] { new { sku = "CO-2", quantity = 1 }, new { sku = "CO-3", quantity = 1 }, new { sku = "CO-2", quantity = 2 } },
            deliverTo = new { name = "A", street = "S", city = "C", postalCode = "P", country = "DE" },
            deliveryService = "standard",
        };

        var refused = await app.Settles(() => app.Send("POST", "/v1/orders", both, expect: 201));
        (await app.StatusOf(refused.Header("Location").Split('/')[^1])).ShouldBe("cancelled");
        (await app.StockOf("CO-2")).ShouldBe((5, 0));

        await app.Receives("CO-3", 1);
        var served = await app.Settles(() => app.Send("POST", "/v1/orders", both, expect: 201));
        (await app.StatusOf(served.Header("Location").Split('/')[^1])).ShouldBe("awaitingPayment");
        (await app.StockOf("CO-2")).ShouldBe((5, 3));
    }

    [Fact]
    public async Task Pieces_of_a_cancelled_order_are_for_the_next_buyer()
    {
        await app.HasProduct("CO-4", pieces: 1);
        var first = await app.HasOrder("CO-4");
        (await app.StatusOf(await app.HasOrder("CO-4"))).ShouldBe("cancelled");
        await app.Cancels(first);
        (await app.StatusOf(await app.HasOrder("CO-4"))).ShouldBe("awaitingPayment");
    }

    [Fact]
    public async Task Messages_that_come_twice_move_pieces_once()
    {
        await app.HasProduct("CO-5", pieces: 9);
        var id = await app.HasOrder("CO-5", quantity: 2);
        foreach (var message in new object[] { new ReserveStock(id, [new StockLine("CO-5", 2)]), new ReservationMade(id), new OutOfStock(id, ["CO-5"]) })
        {
            await app.Hears(message);
        }

        (await app.StockOf("CO-5")).ShouldBe((9, 2));
        (await app.StatusOf(id)).ShouldBe("awaitingPayment");
        await app.Cancels(id);
        await app.Hears(new ReleaseStock(id));
        await app.Hears(new ShipStock(id));
        await app.Hears(new ReserveStock(id, [new StockLine("CO-5", 2)]));
        (await app.StockOf("CO-5")).ShouldBe((9, 0));
    }

    [Fact]
    public async Task A_reservation_and_a_ledger_agree()
    {
        await app.HasProduct("CO-6", pieces: 30);
        for (var n = 1; n <= 4; n++)
        {
            await app.HasOrder("CO-6", quantity: n);
        }

        await using var session = app.Store.QuerySession();
        var held = (await session.Query<Reservation>().ToListAsync())
            .Where(r => r.State == ReservationState.Held).SelectMany(r => r.Lines).Where(l => l.Sku == "CO-6").Sum(l => l.Quantity);
        (await app.StockOf("CO-6")).ShouldBe((30, held));
        held.ShouldBe(10);
    }
}
