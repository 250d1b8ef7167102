using Monolith.Contracts.Ordering;
using Monolith.Kernel.Commands;
using Monolith.Ordering;
using Monolith.Ordering.Cancelling;
using Monolith.Ordering.Paying;
using Monolith.Ordering.Shipping;
using Shouldly;
using Xunit;
using static Monolith.Ordering.OrderStatus;

namespace Monolith.Unit.Ordering;

/// <summary>What may happen to an order, state by state.</summary>
public class DecisionTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddDays(1);

    [Theory]
    [InlineData(Placed)]
    [InlineData(AwaitingPayment)]
    public void An_unpaid_order_is_cancelled(OrderStatus status) => Cancel(status).Events.ShouldBe([new OrderCancelled(Given.Id, "why", Now)]);

    [Fact]
    public void A_paid_order_is_cancelled_and_its_money_asked_back() => Cancel(Paid).Events.ShouldBe(
    [
        new OrderCancelled(Given.Id, "why", Now),
        new RefundRequested(Given.Id, $"pay-{Given.Id}", 13.50m, "EUR", "why", Now),
    ]);

    [Fact]
    public void A_second_cancellation_changes_nothing() => Cancel(Cancelled).ShouldBe(Decision.Nothing);

    [Theory]
    [InlineData(Shipped)]
    [InlineData(Delivered)]
    public void What_left_the_warehouse_is_not_cancelled(OrderStatus status) => Cancel(status).ShouldBeConflict();

    [Fact]
    public void The_payment_that_is_waited_for_is_recorded() => Pay(AwaitingPayment, 13.50m).Events.ShouldBe(
        [new PaymentReceived(Given.Id, $"pay-{Given.Id}", 13.50m, "EUR", "transfer", Now)]);

    [Theory]
    [InlineData("13.49")]
    [InlineData("13.51")]
    [InlineData("1350")]
    public void Another_amount_is_not_recorded(string amount)
    {
        var decision = Pay(AwaitingPayment, decimal.Parse(amount));

        decision.Events.ShouldBeEmpty();
        decision.Problem!.Status.ShouldBe(422);
        decision.Problem.Detail.ShouldBe("The amount due is 13.50 EUR.");
    }

    [Theory]
    [InlineData(Placed)]
    [InlineData(Paid)]
    [InlineData(Shipped)]
    [InlineData(Delivered)]
    [InlineData(Cancelled)]
    public void No_other_order_takes_a_payment(OrderStatus status) => Pay(status, 13.50m).ShouldBeConflict();

    [Fact]
    public void A_paid_order_is_shipped() => Ship(Paid).Events.ShouldBe([new OrderShipped(Given.Id, "ship", "DHL", "T-1", Now)]);

    [Theory]
    [InlineData(Placed)]
    [InlineData(AwaitingPayment)]
    [InlineData(Shipped)]
    [InlineData(Delivered)]
    [InlineData(Cancelled)]
    public void No_other_order_is_shipped(OrderStatus status) => Ship(status).ShouldBeConflict();

    [Fact]
    public void A_shipment_is_delivered_now() => Deliver(Shipped).Events.ShouldBe([new OrderDelivered(Given.Id, $"ship-{Given.Id}", Now)]);

    [Fact]
    public void A_shipment_is_delivered_when_the_warehouse_says_in_utc_and_microseconds() =>
        Deliver(Shipped, Now.AddTicks(-17).ToOffset(TimeSpan.FromHours(2))).Events
            .ShouldHaveSingleItem().ShouldBeOfType<OrderDelivered>().DeliveredAt.ShouldSatisfyAllConditions(
                at => at.ShouldBe(Now.AddTicks(-20)),
                at => at.Offset.ShouldBe(TimeSpan.Zero));

    [Fact]
    public void A_shipment_is_delivered_once() => Deliver(Delivered).ShouldBeConflict();

    [Fact]
    public void A_delivery_is_between_the_dispatch_and_now()
    {
        var order = Given.OrderThatIs(Shipped);
        var dispatched = order.Shipment!.DispatchedAt;

        Errors.Of(new DeliverShipment(dispatched).Check(order, Now)).ShouldBeEmpty();
        Errors.Of(new DeliverShipment(Now).Check(order, Now)).ShouldBeEmpty();
        Errors.Of(new DeliverShipment(DeliveredAt: null).Check(order, Now)).ShouldBeEmpty();
        Errors.Of(new DeliverShipment(dispatched.AddTicks(-1)).Check(order, Now)).ShouldBe(["deliveredAt"]);
        Errors.Of(new DeliverShipment(Now.AddTicks(1)).Check(order, Now)).ShouldBe(["deliveredAt"]);
    }

    [Fact]
    public void A_payment_has_an_amount_of_the_currency_and_a_reference()
    {
        var order = Given.OrderThatIs(AwaitingPayment);

        Errors.Of(new RecordPayment(1.50m, "r").Check(order)).ShouldBeEmpty();
        Errors.Of(new RecordPayment(1.505m, "r").Check(order)).ShouldBe(["amount"]);
        Errors.Of(new RecordPayment(0, " ").Check(order)).ShouldBe(["amount", "reference"]);
        Errors.Of(new RecordPayment(Amount: null, Reference: null).Check(order: null)).ShouldBe(["amount", "reference"]);
    }

    private static Decision Cancel(OrderStatus status) => CancelOrder.Decide(Given.OrderThatIs(status), new CancelOrder("why"), Now);

    private static Decision Pay(OrderStatus status, decimal amount) =>
        RecordPayment.Decide(Given.OrderThatIs(status), new RecordPayment(amount, "transfer"), Now);

    private static Decision Ship(OrderStatus status) => ShipOrder.Decide(Given.OrderThatIs(status), new ShipOrder("DHL", "T-1"), "ship", Now);

    private static Decision Deliver(OrderStatus status, DateTimeOffset? at = null) =>
        DeliverShipment.Decide(Given.OrderThatIs(status), new DeliverShipment(at), Now);
}

internal static class DecisionAssertions
{
    public static void ShouldBeConflict(this Decision decision)
    {
        decision.Events.ShouldBeEmpty();
        decision.Problem!.Status.ShouldBe(409);
        decision.Problem.Type.ShouldBe("/problems/state-conflict");
    }
}
