using CsCheck;
using Monolith.Contracts.Inventory;
using Monolith.Inventory;
using Monolith.Inventory.Counting;
using Monolith.Inventory.Reserving;
using Monolith.Kernel.Folding;
using Monolith.Unit.Ordering;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Inventory;

public class StockTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void All_lines_are_reserved_in_the_order_of_their_skus()
    {
        var move = Reserve(known: null, [("TEA", 5), ("POT", 2)], ("TEA", 2), ("POT", 2), ("TEA", 3));

        move.Events.ShouldBe([("POT", new QuantityReserved("POT", "order", 2, Now)), ("TEA", (object)new QuantityReserved("TEA", "order", 5, Now))]);
        move.Messages.ShouldBe([new ReservationMade("order")]);
        move.Reservation!.State.ShouldBe(ReservationState.Held);
    }

    [Fact]
    public void If_one_line_cannot_be_had_none_is_reserved()
    {
        var move = Reserve(known: null, [("TEA", 5), ("POT", 2)], ("TEA", 2), ("POT", 3));

        move.Events.ShouldBeEmpty();
        move.Messages.ShouldHaveSingleItem().ShouldBeOfType<OutOfStock>().Skus.ShouldBe(["POT"]);
        move.Reservation!.State.ShouldBe(ReservationState.Refused);
    }

    [Fact]
    public void A_message_that_comes_again_moves_nothing_whatever_became_of_the_first()
    {
        foreach (var state in Enum.GetValues<ReservationState>())
        {
            Reserve(Known(state), [("TEA", 5)], ("TEA", 1)).ShouldBe(StockMove.Nothing);
        }
    }

    [Fact]
    public void Only_what_is_held_is_released_or_shipped_and_once()
    {
        StockMoves.Decide(Known(ReservationState.Held), new ReleaseStock("order"), Now).Events.ShouldBe([("TEA", (object)new QuantityReleased("TEA", "order", 2, Now))]);
        StockMoves.Decide(Known(ReservationState.Held), new ShipStock("order"), Now).Events.ShouldBe([("TEA", (object)new QuantityShipped("TEA", "order", 2, Now))]);
        foreach (var known in new[] { null, Known(ReservationState.Refused), Known(ReservationState.Released), Known(ReservationState.Shipped) })
        {
            StockMoves.Decide(known, new ReleaseStock("order"), Now).ShouldBe(StockMove.Nothing);
            StockMoves.Decide(known, new ShipStock("order"), Now).ShouldBe(StockMove.Nothing);
        }
    }

    [Fact]
    public void What_is_reserved_cannot_be_counted_away()
    {
        var stock = Of("TEA", 5) with { Reserved = 3 };
        AdjustStock.Decide(stock, new AdjustStock(-2, "broken"), Now).Events.ShouldBe([new StockAdjusted("TEA", -2, "broken", Now)]);
        AdjustStock.Decide(stock, new AdjustStock(-3, "broken"), Now).ShouldBeConflict();
        AdjustStock.Decide(Stock.Empty("TEA"), new AdjustStock(-1, "broken"), Now).ShouldBeConflict();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    [InlineData(null)]
    public void A_receipt_is_of_1_to_10000_pieces(int? quantity) => Errors.Of(new ReceiveStock(quantity, "note").Check()).ShouldBe(["quantity"]);

    [Theory]
    [InlineData(0)]
    [InlineData(-10_001)]
    [InlineData(null)]
    public void An_adjustment_changes_something(int? delta) => Errors.Of(new AdjustStock(delta, "count").Check()).ShouldBe(["delta"]);

    [Fact]
    public void A_snapshot_and_the_events_after_it_are_the_whole_ledger() => Gen.Select(AnyEvent.Array[1, 30], Gen.Int[0, 30]).Sample((events, at) =>
    {
        var whole = Folded.From<Stock>(events);

        Folded.After(Folded.From<Stock>(events.Take(at)), events.Skip(at)).ShouldBe(whole);
        whole!.EventsFolded.ShouldBe(events.Length);
        whole.Available.ShouldBe(whole.OnHand - whole.Reserved);
    });

    private static readonly Gen<object> AnyEvent = Gen.Select(Gen.Int[0, 4], Gen.Int[1, 100]).Select((kind, n) => kind switch
    {
        0 => (object)new StockReceived("TEA", n, "note", Now),
        1 => new StockAdjusted("TEA", n - 50, "count", Now),
        2 => new QuantityReserved("TEA", "order", n, Now),
        3 => new QuantityReleased("TEA", "order", n, Now),
        _ => new QuantityShipped("TEA", "order", n, Now),
    });

    private static Reservation Known(ReservationState state) => new("order", state, state == ReservationState.Refused ? [] : [new StockLine("TEA", 2)]);

    private static Stock Of(string sku, int quantity) => Folded.From<Stock>([new StockReceived(sku, quantity, "note", Now)])!;

    private static StockMove Reserve(Reservation? known, (string Sku, int Quantity)[] stocks, params (string Sku, int Quantity)[] lines) => StockMoves.Decide(
        known, new ReserveStock("order", [.. lines.Select(l => new StockLine(l.Sku, l.Quantity))]), stocks.ToDictionary(s => s.Sku, s => Of(s.Sku, s.Quantity)), Now);
}
