using CsCheck;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;
using Monolith.Kernel.Folding;
using Monolith.Ordering;
using Monolith.Ordering.Listing;
using Monolith.Ordering.Reporting;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Ordering;

public class FoldTests
{
    [Fact]
    public void Whatever_commands_arrive_an_order_stays_sound() => Given.Histories.Sample(events =>
    {
        for (var length = 1; length <= events.Count; length++)
        {
            ShouldBeSound(Folded.From<Order>(events.Take(length))!, [.. events.Take(length)]);
        }

        var order = Folded.From<Order>(events)!;
        order.Payment.Kept.ShouldBeLessThanOrEqualTo(order.Owed);
    });

    [Fact]
    public void The_list_and_the_tallies_see_the_same_order() => Given.Histories.Sample(events =>
    {
        var order = Folded.From<Order>(events)!;
        var item = events.Aggregate((OrderListItem?)null, OrderListItem.Fold)!;
        var counted = events.Aggregate((CountedOrder?)null, CountedOrder.Fold)!;

        item.ShouldBe(new OrderListItem(
            order.Id, order.CustomerId, order.Status, order.Currency, order.Lines.Sum(l => l.Quantity), order.ItemsTotal, order.Delivery.Fee,
            order.Total, order.PlacedAt, order.UpdatedAt, order.EventsFolded));
        counted.ShouldBe(new CountedOrder(order.Id, order.CustomerId, order.PlacedAt, order.Currency, order.Total, order.Status));
    });

    [Fact]
    public void Any_events_in_any_order_are_folded_without_an_error_and_always_alike() => Given.AnyEvent.Array[0, 12].Sample(events =>
    {
        var order = Folded.From<Order>(events);

        Folded.From<Order>(events).ShouldBeEquivalentTo(order);
        (order is null).ShouldBe(!events.OfType<OrderPlaced>().Any());
        order?.EventsFolded.ShouldBe(events.Length - Array.FindLastIndex(events, e => e is OrderPlaced));
        Should.NotThrow(() => events.Aggregate((OrderListItem?)null, OrderListItem.Fold));
        Should.NotThrow(() => events.Aggregate((CountedOrder?)null, CountedOrder.Fold));
    });

    [Fact]
    public void Folding_goes_on_where_it_stopped() => Gen.Select(Given.Histories, Gen.Int[0, 20]).Sample((events, at) =>
        Folded.After(Folded.From<Order>(events.Take(at)), events.Skip(at)).ShouldBeEquivalentTo(Folded.From<Order>(events)));

    [Fact]
    public void A_cancelled_order_keeps_its_reason_and_waits_for_its_refund()
    {
        var order = Given.OrderAfter(Step.Reserve, Step.Open, Step.Pay, Step.Plan, Step.Cancel);

        (order.Status, order.CancelReason, order.Payment.Status, order.Payment.Paid, order.Payment.Refunded)
            .ShouldBe((OrderStatus.Cancelled, "mind changed", PaymentStatus.RefundPending, Given.Total, 0m));
    }

    [Fact]
    public void A_delivered_order_knows_its_shipment()
    {
        var order = Given.OrderThatIs(OrderStatus.Delivered);

        order.Shipment.ShouldBe(new OrderShipment(
            $"ship-{Given.Id}", ShipmentStatus.Delivered, "DHL", "T-1", Given.Start.AddHours(5), Given.Start.AddHours(6)));
        order.UpdatedAt.ShouldBe(Given.Start.AddHours(6));
    }

    private static void ShouldBeSound(Order order, object[] events)
    {
        order.EventsFolded.ShouldBe(events.Length);
        order.UpdatedAt.ShouldBe(OrderEvents.TimeOf(events[^1])!.Value);
        order.UpdatedAt.ShouldBeGreaterThanOrEqualTo(order.PlacedAt);
        order.Total.ShouldBe(order.ItemsTotal + order.Delivery.Fee);
        order.Payment.Paid.ShouldBe(events.OfType<PaymentReceived>().Sum(e => e.Amount));
        order.Payment.Kept.ShouldBeInRange(0m, order.Payment.Paid);
        (order.Shipment is not null).ShouldBe(order.Status is OrderStatus.Shipped or OrderStatus.Delivered);
        (order.CancelReason is not null).ShouldBe(order.Status is OrderStatus.Cancelled);
        order.Payment.RefundsAsked.ShouldBe(events.OfType<RefundRequested>().Select(e => e.Amount));
        order.Payment.Refunded.ShouldBeInRange(0m, order.Payment.RefundsAsked.Sum());
        if (order.Status is OrderStatus.Paid or OrderStatus.Shipped or OrderStatus.Delivered)
        {
            order.Payment.Due.ShouldBe(order.Total);
            (order.Payment.Status == PaymentStatus.Pending).ShouldBe(order.Payment.Kept < order.Total);
        }
    }
}
