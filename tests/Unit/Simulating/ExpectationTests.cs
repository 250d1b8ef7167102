using Monolith.Simulator;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Simulating;

public class ExpectationTests
{
    private static readonly World World = new(seed: 42, products: 10, customers: 3);

    [Theory]
    [InlineData("Placed", null, "Pending")]
    [InlineData("AwaitingPayment", null, "Pending")]
    [InlineData("Paid", null, "Reached")]
    [InlineData("Delivered", null, "Reached")]
    [InlineData("Cancelled", "outOfStock", "Ended")]
    [InlineData("Cancelled", "Changed my mind", "Wrong")]
    public void A_status_is_judged_by_what_the_next_step_needs(string status, string? cancelReason, string standing)
    {
        var story = Story(Ending.Delivered);

        Expectation.Of(View(story, Enum.Parse<OrderStatus>(status)) with { CancelReason = cancelReason }, story, OrderStatus.Paid)
            .ToString().ShouldBe(standing);
    }

    [Fact]
    public void A_repeated_run_finds_its_own_cancellation_done()
    {
        var story = Story(Ending.CancelledPaid);

        Expectation.Of(View(story, OrderStatus.Cancelled) with { CancelReason = story.CancelReason }, story, OrderStatus.Paid).ShouldBe(Standing.Reached);
    }

    [Fact]
    public void An_order_as_told_has_no_differences()
    {
        var order = Order(Ending.Delivered, OrderStatus.Delivered);

        Expectation.Differences(View(order.Story, OrderStatus.Delivered), order).ShouldBeEmpty();
    }

    [Fact]
    public void A_fee_is_no_difference()
    {
        var order = Order(Ending.Unpaid, OrderStatus.AwaitingPayment);
        var view = View(order.Story, OrderStatus.AwaitingPayment);

        Expectation.Differences(view with { DeliveryFee = 4.90m, Total = view.Total + 4.90m }, order).ShouldBeEmpty();
    }

    [Fact]
    public void Every_difference_is_named()
    {
        var order = Order(Ending.Delivered, OrderStatus.Delivered);
        var view = View(order.Story, OrderStatus.Delivered);

        Expectation.Differences(view with { Status = OrderStatus.Shipped }, order).ShouldHaveSingleItem().ShouldStartWith("status");
        Expectation.Differences(view with { Currency = "XXX" }, order).ShouldHaveSingleItem().ShouldStartWith("currency");
        Expectation.Differences(view with { Items = view.Items + 1 }, order).ShouldHaveSingleItem().ShouldContain("items");
        Expectation.Differences(view with { Lines = [] }, order).ShouldHaveSingleItem().ShouldStartWith("lines");
        Expectation.Differences(view with { Payment = new(0, 0) }, order).ShouldHaveSingleItem().ShouldStartWith("paid");
        Expectation.Differences(view with { DeliveryFee = 1 }, order).ShouldHaveSingleItem().ShouldStartWith("total");
        Expectation.Differences(view with { ItemsTotal = view.ItemsTotal + 1, DeliveryFee = -1 }, order).ShouldHaveSingleItem().ShouldStartWith("items total");
    }

    [Fact]
    public void A_step_without_an_answer_may_have_happened_or_not()
    {
        var order = Order(Ending.Delivered, OrderStatus.Paid);
        order.Tried = OrderStatus.Shipped;

        Expectation.Differences(View(order.Story, OrderStatus.Paid), order).ShouldBeEmpty();
        Expectation.Differences(View(order.Story, OrderStatus.Shipped), order).ShouldBeEmpty();
        Expectation.Differences(View(order.Story, OrderStatus.Delivered), order).ShouldNotBeEmpty();
    }

    private static Story Story(Ending ending) => Simulator.Story.Tell(World, 0) with { Ending = ending };

    private static PlacedOrder Order(Ending ending, OrderStatus reached) => new(Story(ending), "1") { Reached = reached, Tried = reached };

    private static OrderView View(Story story, OrderStatus status) => new(
        "1", status, story.Currency,
        [.. story.Lines.Select(line => new OrderViewLine(line.Product.Sku, line.Quantity, line.Product.Body.UnitPrice, line.Quantity * line.Product.Body.UnitPrice))],
        story.Items, story.ItemsTotal, DeliveryFee: 0, story.ItemsTotal, new(story.ItemsTotal, story.ItemsTotal), CancelReason: null);
}
