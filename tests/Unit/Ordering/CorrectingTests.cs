using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Ordering;
using Monolith.Ordering.Correcting;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Ordering;

public class CorrectingTests
{
    private const string Payment = "pay-" + Given.Id;

    private static readonly DateTimeOffset Now = Given.Start.AddDays(1);

    [Fact]
    public void A_fee_that_was_too_high_goes_back()
    {
        var order = Given.OrderThatIs(OrderStatus.Delivered);
        var decision = Correct(order, 3.90m);

        decision.Events.ShouldBe(
        [
            new DeliveryFeeCorrected(Given.Id, 4.90m, 3.90m, "EUR", 1, "wrong zone", OperationId: null, Now),
            new RefundRequested(Given.Id, Payment, 1.00m, "EUR", "wrong zone", Now),
        ]);
        decision.Messages.ShouldBeLike(new AmendPayment(Given.Id, Payment, Given.Total - 1, 1), new RefundPayment(Given.Id, Payment, [1.00m]));

        var after = Folded.After(order, decision.Events)!;
        (after.Delivery.Fee, after.Total, after.Status, after.Payment.Status, after.Payment.Due)
            .ShouldBe((3.90m, Given.Total - 1, OrderStatus.Delivered, PaymentStatus.RefundPending, Given.Total - 1));
        Correct(after, 3.90m).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void A_fee_that_was_too_low_is_asked_for()
    {
        var order = Given.OrderThatIs(OrderStatus.Delivered);
        var decision = Correct(order, 6.40m);

        decision.Messages.ShouldBe([new AmendPayment(Given.Id, Payment, Given.Total + 1.50m, 1)]);
        var after = Folded.After(order, decision.Events)!;
        (after.Payment.Status, after.Payment.Due, after.Payment.Paid).ShouldBe((PaymentStatus.Pending, Given.Total + 1.50m, Given.Total));
    }

    [Fact]
    public void Before_it_is_paid_the_payment_is_of_another_amount()
    {
        var waiting = Correct(Given.OrderThatIs(OrderStatus.AwaitingPayment), 3.90m);
        waiting.Events.ShouldHaveSingleItem();
        waiting.Messages.ShouldBe([new AmendPayment(Given.Id, Payment, Given.Total - 1, 1)]);

        Correct(Given.OrderThatIs(OrderStatus.Placed), 3.90m).Messages.ShouldBeEmpty();
    }

    [Fact]
    public void A_cancelled_order_costs_nothing() => Correct(Given.OrderThatIs(OrderStatus.Cancelled), 1).Problem!.Status.ShouldBe(409);

    [Fact]
    public void A_fee_is_an_amount_of_the_currency()
    {
        Errors.Of(new CorrectDeliveryFee(0, "r").Check("EUR")).ShouldBeEmpty();
        Errors.Of(new CorrectDeliveryFee(-1, "r").Check("EUR")).ShouldBe(["correctFee"]);
        Errors.Of(new CorrectDeliveryFee(1.005m, "r").Check("EUR")).ShouldBe(["correctFee"]);
        Errors.Of(new CorrectDeliveryFee(CorrectFee: null, Reason: null).Check(currency: null)).ShouldBe(["correctFee", "reason"]);
    }

    private static Decision Correct(Order order, decimal fee) => CorrectDeliveryFee.Decide(order, new CorrectDeliveryFee(fee, "wrong zone"), Now);
}
