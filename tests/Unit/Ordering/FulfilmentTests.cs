using Monolith.Contracts.Inventory;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Ordering;
using Monolith.Ordering.Fulfilment;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Ordering;

/// <summary>Each confirmation in its time, twice, too early, and for an order that was cancelled.</summary>
public class FulfilmentTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddDays(1);
    private static readonly ReservationMade Reserved = new(Given.Id);
    private static readonly PaymentOpened Opened = new("pay", Given.Id, "anna", Given.Total, "EUR", Now.AddDays(1), Now);
    private static readonly PaymentSettled Settled = new("pay", Given.Id, Given.Total, "EUR", "ch-1", "provider", Now, Now);
    private static readonly PaymentDeclined Declined = new("pay", Given.Id, "ch-0", Now, Now);
    private static readonly PaymentExpired Expired = new("pay", Given.Id, Now, Now);
    private static readonly ShipmentPlanned Planned = new("ship", Given.Id, "DE", DeliveryService.Standard, 0.3m, Now);
    private static readonly ShipmentDispatched Dispatched = new("ship", Given.Id, "DHL", "T-1", Now);
    private static readonly ShipmentDelivered Delivered = new("ship", Given.Id, Now);
    private static readonly RefundSettled Refunded = new("pay", Given.Id, Given.Total, "EUR", "re-1", Now, Now);
    private static readonly RefundDeclined NotRefunded = new("pay", Given.Id, Given.Total, "EUR", "re-0", Now, Now);

    [Fact]
    public void A_placed_order_asks_for_its_goods_and_says_so_once_they_are_reserved()
    {
        OrderFulfilment.Begin(Given.Placed()).Lines.ShouldBe([new StockLine("TEA", 2)]);
        var decision = OrderFulfilment.Decide(Given.OrderAfter(), Reserved, "pay", Now);
        decision.Events.ShouldBe([new StockReserved(Given.Id, Now)]);
        decision.Messages.ShouldBe([new OpenPayment(Given.Id, "pay", "anna", Given.Total, "EUR")]);

        OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve), Reserved, "pay", Now).ShouldBe(Decision.Nothing);
        OrderFulfilment.Decide(Given.OrderAfter(Step.Cancel), Reserved, "pay", Now).Messages.ShouldBe([new ReleaseStock(Given.Id)]);
    }

    [Fact]
    public void An_order_whose_goods_are_not_there_is_cancelled()
    {
        OutOfStock message = new(Given.Id, ["TEA"]);
        OrderFulfilment.Decide(Given.OrderAfter(), message, Now).Events.ShouldBe([new OrderCancelled(Given.Id, CancellationCause.OutOfStock, Words: null, Now)]);
        OrderFulfilment.Decide(Given.OrderAfter(), message, Now).Messages.ShouldBeEmpty();
        OrderFulfilment.Decide(Given.OrderAfter(Step.Cancel), message, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void An_order_waits_for_its_payment_once_it_can_be_made()
    {
        OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve), Opened, Now).Events.ShouldBe([new PaymentRequested(Given.Id, "pay", Given.Total, "EUR", Now)]);
        OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve, Step.Open), Opened, Now).Events.ShouldBeEmpty();
        OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve, Step.Cancel), Opened, Now).Messages.ShouldBe([new CancelPayment(Given.Id, "pay")]);
    }

    [Fact]
    public void Money_that_comes_in_leads_to_a_shipment()
    {
        var decision = OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve, Step.Open), Settled, "ship", Now);
        decision.Events.ShouldBe([new PaymentReceived(Given.Id, "pay", Given.Total, "EUR", "ch-1", Now)]);
        decision.Messages.ShouldBe([new PlanShipment(Given.Id, "ship", "DE", DeliveryService.Standard, 0.3m)]);

        var paid = Folded.After(Given.OrderAfter(Step.Reserve, Step.Open), decision.Events)!;
        OrderFulfilment.Decide(paid, Settled, "ship", Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void Money_that_is_heard_of_before_its_payment_says_that_there_is_one() =>
        OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve), Settled, "ship", Now).Events.ShouldBe(
            [new PaymentRequested(Given.Id, "pay", Given.Total, "EUR", Now), new PaymentReceived(Given.Id, "pay", Given.Total, "EUR", "ch-1", Now)]);

    [Fact]
    public void Money_for_a_cancelled_order_goes_back_once()
    {
        var decision = OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve, Step.Open, Step.Cancel), Settled, "ship", Now);
        decision.Events.ShouldBe(
        [
            new PaymentReceived(Given.Id, "pay", Given.Total, "EUR", "ch-1", Now),
            new RefundRequested(Given.Id, "pay", Given.Total, "EUR", "mind changed", Now),
        ]);
        decision.Messages.ShouldBeLike(new RefundPayment(Given.Id, "pay", [Given.Total]));

        var refunding = Folded.After(Given.OrderAfter(Step.Reserve, Step.Open, Step.Cancel), decision.Events)!;
        OrderFulfilment.Decide(refunding, Settled, "ship", Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void A_failed_attempt_leaves_the_order_waiting()
    {
        OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve, Step.Open), Declined, Now).Events.ShouldBe([new PaymentFailed(Given.Id, "pay", "ch-0", Now)]);
        var order = Given.OrderAfter(Step.Reserve, Step.Open, Step.Fail);
        (order.Status, order.Payment.Status).ShouldBe((OrderStatus.AwaitingPayment, PaymentStatus.Failed));
        OrderFulfilment.Decide(order, Declined with { DeclinedAt = order.Payment.FailedAt!.Value }, Now).ShouldBe(Decision.Nothing);
        OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve, Step.Open, Step.Pay), Declined, Now).ShouldBe(Decision.Nothing);
        OrderFulfilment.Decide(Given.OrderAfter(Step.Cancel), Declined, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void An_order_that_nobody_paid_in_time_is_cancelled()
    {
        var decision = OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve, Step.Open), Expired, Now);
        decision.Events.ShouldBe([new OrderCancelled(Given.Id, CancellationCause.PaymentOverdue, Words: null, Now)]);
        decision.Messages.ShouldBe([new ReleaseStock(Given.Id)]);

        OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve, Step.Open, Step.Pay), Expired, Now).ShouldBe(Decision.Nothing);
        OrderFulfilment.Decide(Given.OrderAfter(Step.Cancel), Expired, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void A_paid_order_can_be_shipped_once_its_shipment_is_planned()
    {
        var paid = Given.OrderAfter(Step.Reserve, Step.Open, Step.Pay);
        (paid.Status, paid.Payment.Status).ShouldBe((OrderStatus.AwaitingPayment, PaymentStatus.Received));
        OrderFulfilment.Decide(paid, Planned, Now).Events.ShouldBe([new ShipmentRequested(Given.Id, "ship", Now)]);
        OrderFulfilment.Decide(Given.OrderThatIs(OrderStatus.Paid), Planned, Now).ShouldBe(Decision.Nothing);
        OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve, Step.Open, Step.Pay, Step.Cancel), Planned, Now).Messages
            .ShouldBe([new CancelShipment(Given.Id, "ship")]);
    }

    [Fact]
    public void A_parcel_that_left_takes_its_pieces_along()
    {
        var decision = OrderFulfilment.Decide(Given.OrderThatIs(OrderStatus.Paid), Dispatched);
        decision.Events.ShouldBe([new OrderShipped(Given.Id, "ship", "DHL", "T-1", Now)]);
        decision.Messages.ShouldBe([new ShipStock(Given.Id)]);
        OrderFulfilment.Decide(Given.OrderThatIs(OrderStatus.Shipped), Dispatched).ShouldBe(Decision.Nothing);
        OrderFulfilment.Decide(Given.OrderThatIs(OrderStatus.AwaitingPayment), Dispatched).ShouldBe(Decision.Nothing);
        OrderFulfilment.Decide(Given.OrderAfter(Step.Reserve, Step.Open, Step.Pay), Dispatched).Events.ShouldBe(
            [new ShipmentRequested(Given.Id, "ship", Now), new OrderShipped(Given.Id, "ship", "DHL", "T-1", Now)]);
    }

    [Fact]
    public void A_delivery_waits_for_the_news_of_its_dispatch()
    {
        OrderFulfilment.IsEarly(Given.OrderThatIs(OrderStatus.Paid), Delivered).ShouldBeTrue();
        OrderFulfilment.Decide(Given.OrderThatIs(OrderStatus.Paid), Delivered).ShouldBe(Decision.Nothing);
        OrderFulfilment.IsEarly(Given.OrderThatIs(OrderStatus.Shipped), Delivered).ShouldBeFalse();
        OrderFulfilment.Decide(Given.OrderThatIs(OrderStatus.Shipped), Delivered).Events.ShouldBe([new OrderDelivered(Given.Id, "ship", Now)]);
        OrderFulfilment.IsEarly(Given.OrderThatIs(OrderStatus.Delivered), Delivered).ShouldBeFalse();
        OrderFulfilment.Decide(Given.OrderThatIs(OrderStatus.Delivered), Delivered).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void A_refund_fails_and_succeeds_in_the_end()
    {
        Step[] cancelled = [Step.Reserve, Step.Open, Step.Pay, Step.Cancel];
        OrderFulfilment.Decide(Given.OrderAfter(cancelled), NotRefunded).Events.ShouldBe([new RefundFailed(Given.Id, "pay", Given.Total, "EUR", "re-0", Now)]);
        OrderFulfilment.Decide(Given.OrderAfter(cancelled), Refunded).Events.ShouldBe([new RefundConfirmed(Given.Id, "pay", Given.Total, "EUR", "re-1", Now)]);
        OrderFulfilment.Decide(Given.OrderAfter([.. cancelled, Step.FailRefund]), NotRefunded).ShouldBe(Decision.Nothing);
        OrderFulfilment.Decide(Given.OrderAfter([.. cancelled, Step.FailRefund]), Refunded).Events.Count.ShouldBe(1);
        OrderFulfilment.Decide(Given.OrderAfter([.. cancelled, Step.Refund]), NotRefunded).ShouldBe(Decision.Nothing);
        OrderFulfilment.Decide(Given.OrderAfter([.. cancelled, Step.Refund]), Refunded).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void A_failed_refund_that_is_told_again_does_not_make_another_one_fail()
    {
        object[] since = [
            new RefundFailed(Given.Id, "pay", Given.Total, "EUR", NotRefunded.Reference, NotRefunded.DeclinedAt), new RefundRequested(Given.Id, "pay", 1m, "EUR", "more", Now)];
        var order = since.Aggregate((Order?)Given.OrderAfter([Step.Reserve, Step.Open, Step.Pay, Step.Cancel]), Order.Fold)!;
        order.Payment.Status.ShouldBe(PaymentStatus.RefundPending);

        OrderFulfilment.Decide(order, NotRefunded).ShouldBe(Decision.Nothing);
        OrderFulfilment.Decide(order, NotRefunded with { Reference = "re-9" }).Events.Count.ShouldBe(1);
    }
}
