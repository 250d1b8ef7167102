using Monolith.Simulator;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Simulating;

public class ExpectationTests
{
    private static readonly World World = new(seed: 42, products: 10, customers: 3);

    [Theory]
    [InlineData("Placed", "None", null, "Pending")]
    [InlineData("AwaitingPayment", "Pending", null, "Pending")]
    [InlineData("AwaitingPayment", "Received", null, "Pending")]
    [InlineData("Paid", "Received", null, "Reached")]
    [InlineData("Delivered", "Received", null, "Reached")]
    [InlineData("Cancelled", "None", "outOfStock", "Ended")]
    [InlineData("Cancelled", "None", "Changed my mind", "Wrong")]
    public void An_order_is_judged_by_what_its_steps_lead_to(string status, string payment, string? cancelReason, string standing)
    {
        var story = Story(Ending.Delivered);
        var view = View(story, new(Enum.Parse<OrderStatus>(status), Enum.Parse<PaymentStatus>(payment))) with { CancelReason = cancelReason };

        Expectation.Of(view, story, done: 1).ToString().ShouldBe(standing);
    }

    [Theory]
    [InlineData("None", "Pending")]
    [InlineData("RefundPending", "Reached")]
    [InlineData("Refunded", "Reached")]
    public void Money_that_comes_too_late_is_waited_for(string payment, string standing)
    {
        var story = Story(Ending.PaidTooLate);
        var view = View(story, new(OrderStatus.Cancelled, Enum.Parse<PaymentStatus>(payment))) with { CancelReason = story.CancelReason };

        Expectation.Of(view, story, done: 2).ToString().ShouldBe(standing);
    }

    [Fact]
    public void A_repeated_run_finds_its_own_cancellation_done()
    {
        var story = Story(Ending.CancelledPaid);
        var view = View(story, story.Milestones[^1]) with { CancelReason = story.CancelReason };

        story.Steps.Select((_, done) => Expectation.Of(view, story, done)).ShouldAllBe(standing => standing == Standing.Reached);
    }

    [Theory]
    [InlineData("Delivered")]
    [InlineData("CancelledAtOnce")]
    [InlineData("RefundedLate")]
    [InlineData("PaidTooLate")]
    [InlineData("Unpaid")]
    public void An_order_as_told_has_no_differences(string ending)
    {
        var order = Told(Enum.Parse<Ending>(ending));

        Expectation.Differences(AtItsEnd(order), order).ShouldBeEmpty();
    }

    [Fact]
    public void A_fee_is_no_difference()
    {
        var order = Told(Ending.Unpaid);
        var view = AtItsEnd(order);
        var total = view.Total + 4.90m;

        Expectation.Differences(view with { DeliveryFee = 4.90m, Total = total, Payment = view.Payment with { Due = total } }, order).ShouldBeEmpty();
    }

    [Fact]
    public void Every_difference_is_named()
    {
        var order = Told(Ending.Delivered);
        var view = AtItsEnd(order);

        Named(view with { Status = OrderStatus.Shipped }).ShouldStartWith("status");
        Named(view with { Currency = "XXX" }).ShouldStartWith("currency");
        Named(view with { Items = view.Items + 1 }).ShouldContain("items");
        Named(view with { Lines = [] }).ShouldStartWith("lines");
        Named(view with { Payment = view.Payment with { Due = 0 } }).ShouldStartWith("due");
        Named(view with { Payment = view.Payment with { Paid = 0 } }).ShouldStartWith("paid");
        Named(view with { Payment = view.Payment with { Refunded = 1 } }).ShouldStartWith("refunded");
        Named(view with { DeliveryFee = 1 }).ShouldStartWith("total");
        Named(view with { ItemsTotal = view.ItemsTotal + 1, DeliveryFee = -1 }).ShouldStartWith("items total");

        string Named(OrderView other) => Expectation.Differences(other, order).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_step_without_an_answer_may_have_happened_or_not()
    {
        var order = Told(Ending.Delivered);
        order.Done = 1;
        order.Tried = 2;

        Expectation.Differences(View(order.Story, order.Story.Milestones[1]), order).ShouldBeEmpty();
        Expectation.Differences(View(order.Story, order.Story.Milestones[2]), order).ShouldBeEmpty();
        Expectation.Differences(View(order.Story, order.Story.Milestones[3]), order).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("outOfStock", "None", true)]
    [InlineData("paymentOverdue", "None", true)]
    [InlineData("paymentOverdue", "RefundPending", true)]
    [InlineData("outOfStock", "Received", false)]
    public void What_the_house_cancels_keeps_no_money(string cancelReason, string payment, bool right)
    {
        var order = Told(Ending.Delivered);
        var view = View(order.Story, new(OrderStatus.Cancelled, Enum.Parse<PaymentStatus>(payment))) with { CancelReason = cancelReason };

        Expectation.Differences(view, order).Any().ShouldBe(!right);
    }

    [Theory]
    [InlineData(10, 4, 6, true)]
    [InlineData(10, 4, 5, false)]
    [InlineData(4, 10, -6, false)]
    [InlineData(-1, 0, -1, false)]
    public void Stock_must_balance(long onHand, long reserved, long available, bool right) =>
        (Expectation.Difference(new("BOOK-0001", onHand, reserved, available)) is null).ShouldBe(right);

    private static Story Story(Ending ending) => Simulator.Story.Tell(World, 0) with { Ending = ending };

    private static PlacedOrder Told(Ending ending)
    {
        var story = Story(ending);
        return new(story, "1") { Done = story.Steps.Count, Tried = story.Steps.Count };
    }

    private static OrderView AtItsEnd(PlacedOrder order) => View(order.Story, order.Story.Milestones[^1]);

    private static OrderView View(Story story, Milestone at) => new(
        "1", at.Status, story.Currency,
        [.. story.Lines.Select(line => new OrderViewLine(line.Product.Sku, line.Quantity, line.Product.Body.UnitPrice, line.Quantity * line.Product.Body.UnitPrice))],
        story.Items, story.ItemsTotal, DeliveryFee: 0, story.ItemsTotal, PaymentOf(story, at.Payment), CancelReason: null);

    private static OrderViewPayment PaymentOf(Story story, PaymentStatus status) => new(
        status, story.ItemsTotal,
        status is PaymentStatus.None or PaymentStatus.Pending or PaymentStatus.Failed ? 0 : story.ItemsTotal,
        status == PaymentStatus.Refunded ? story.ItemsTotal : 0, PaymentId: "2");
}
