using Monolith.Contracts.Inventory;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;
using Monolith.Kernel.Commands;
using Monolith.Ordering;
using Monolith.Ordering.Cancelling;
using Shouldly;
using Xunit;
using static Monolith.Ordering.OrderStatus;

namespace Monolith.Unit.Ordering;

/// <summary>A cancellation takes back exactly what was done, state by state.</summary>
public class DecisionTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddDays(1);
    private static readonly string Payment = $"pay-{Given.Id}";
    private static readonly string Shipment = $"ship-{Given.Id}";

    [Fact]
    public void Nothing_has_been_done_for_an_order_that_was_just_placed()
    {
        Cancel(Given.OrderThatIs(Placed)).Events.ShouldBe([new OrderCancelled(Given.Id, CancellationCause.Customer, "why", Now)]);
        Cancel(Given.OrderThatIs(Placed)).Messages.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_reserved_is_released() => Cancel(Given.OrderAfter(Step.Reserve)).Messages.ShouldBe([new ReleaseStock(Given.Id)]);

    [Fact]
    public void A_payment_that_was_not_made_is_closed()
    {
        Cancel(Given.OrderThatIs(AwaitingPayment)).Events.ShouldBe([new OrderCancelled(Given.Id, CancellationCause.Customer, "why", Now)]);
        Cancel(Given.OrderThatIs(AwaitingPayment)).Messages.ShouldBe([new ReleaseStock(Given.Id), new CancelPayment(Given.Id, Payment)]);
    }

    [Fact]
    public void Money_is_asked_back()
    {
        var decision = Cancel(Given.OrderAfter(Step.Reserve, Step.Open, Step.Pay));

        decision.Events.ShouldBe(
            [new OrderCancelled(Given.Id, CancellationCause.Customer, "why", Now), new RefundRequested(Given.Id, Payment, Given.Total, "EUR", "why", Now)]);
        decision.Messages.ShouldBeLike(new ReleaseStock(Given.Id), new RefundPayment(Given.Id, Payment, [Given.Total]));
    }

    [Fact]
    public void A_shipment_that_has_not_left_is_cancelled() => Cancel(Given.OrderThatIs(Paid)).Messages.ShouldBeLike(new ReleaseStock(Given.Id), new CancelShipment(Given.Id, Shipment), new RefundPayment(Given.Id, Payment, [Given.Total]));

    [Fact]
    public void A_second_cancellation_changes_nothing() => Cancel(Given.OrderThatIs(Cancelled)).ShouldBe(Decision.Nothing);

    [Theory]
    [InlineData(Shipped)]
    [InlineData(Delivered)]
    public void What_left_the_warehouse_is_not_cancelled(OrderStatus status) => Cancel(Given.OrderThatIs(status)).ShouldBeConflict();

    [Fact]
    public void What_left_the_warehouse_a_moment_ago_is_not_cancelled_either() =>
        CancelOrder.Decide(Given.OrderThatIs(Paid), new CancelOrder("why"), hasLeft: true, Now).ShouldBeConflict();

    private static Decision Cancel(Order order) => CancelOrder.Decide(order, new CancelOrder("why"), hasLeft: false, Now);
}

internal static class DecisionAssertions
{
    public static void ShouldBeConflict(this Decision decision)
    {
        decision.Events.ShouldBeEmpty();
        decision.Messages.ShouldBeEmpty();
        decision.Problem!.Status.ShouldBe(409);
        decision.Problem.Type.ShouldBe("/problems/state-conflict");
    }
}
