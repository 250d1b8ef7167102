using System.Text.Json;
using Monolith.Simulator;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Simulating;

public class StoryTests
{
    private const int Many = 5_000;
    private static readonly World World = new(seed: 42, products: 80, customers: 200);
    private static readonly Story[] Stories = [.. Enumerable.Range(0, Many).Select(number => Story.Tell(World, number))];

    [Fact]
    public void The_same_seed_tells_the_same_stories()
    {
        World again = new(seed: 42, products: 80, customers: 200);

        Text(again.Products).ShouldBe(Text(World.Products));
        Text(again.Customers).ShouldBe(Text(World.Customers));
        Text(Stories.Take(200)).ShouldBe(Text(Enumerable.Range(0, 200).Select(number => Story.Tell(again, number))));
    }

    [Fact]
    public void Another_seed_tells_others()
    {
        World other = new(seed: 43, products: 80, customers: 200);

        Text(other.Products).ShouldNotBe(Text(World.Products), StringComparer.Ordinal);
        Text(other.Customers).ShouldNotBe(Text(World.Customers), StringComparer.Ordinal);
        Text(Enumerable.Range(0, 20).Select(number => Story.Tell(other, number))).ShouldNotBe(Text(Stories.Take(20)), StringComparer.Ordinal);
    }

    [Fact]
    public void A_bigger_world_begins_like_a_smaller_one()
    {
        World bigger = new(seed: 42, products: 160, customers: 400);

        bigger.Products.Take(80).ShouldBe(World.Products);
        bigger.Customers.Take(200).ShouldBe(World.Customers);
    }

    [Fact]
    public void Products_keep_to_the_contract()
    {
        World.Products.Select(product => product.Sku).ShouldBeUnique(StringComparer.Ordinal);
        World.Products.Select(product => product.Body.Category).Distinct(StringComparer.Ordinal).Count().ShouldBe(8);
        foreach (var product in World.Products.Select(product => product.Body))
        {
            product.Name.Length.ShouldBeLessThanOrEqualTo(200);
            product.UnitPrice.ShouldBeGreaterThan(0);
            product.WeightKg.ShouldBeGreaterThan(0);
            decimal.Round(product.UnitPrice, product.Currency is "JPY" ? 0 : 2).ShouldBe(product.UnitPrice);
        }
    }

    [Fact]
    public void Orders_keep_to_the_contract()
    {
        foreach (var story in Stories)
        {
            story.Lines.Count.ShouldBeInRange(1, 100);
            story.Lines.Select(line => line.Product.Sku).ShouldBeUnique(StringComparer.Ordinal);
            story.Lines.ShouldAllBe(line => line.Quantity >= 1 && line.Quantity <= 10_000);
            story.Lines.Select(line => line.Product.Body.Currency).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        }
    }

    [Theory]
    [InlineData("Delivered", 58)]
    [InlineData("Shipped", 8)]
    [InlineData("Paid", 6)]
    [InlineData("CancelledAtOnce", 4)]
    [InlineData("CancelledUnpaid", 5)]
    [InlineData("CancelledPaid", 4)]
    [InlineData("RefundedLate", 2)]
    [InlineData("PaidLater", 5)]
    [InlineData("ReportedTwice", 4)]
    [InlineData("PaidTooLate", 2)]
    [InlineData("Unpaid", 2)]
    public void Stories_end_as_often_as_they_should(string ending, double percent) =>
        (100.0 * Stories.Count(story => string.Equals(story.Ending.ToString(), ending, StringComparison.Ordinal)) / Many).ShouldBe(percent, tolerance: 1.5);

    [Theory]
    [InlineData("Delivered", "Delivered", "Received")]
    [InlineData("Shipped", "Shipped", "Received")]
    [InlineData("Paid", "Paid", "Received")]
    [InlineData("CancelledAtOnce", "Cancelled", "None")]
    [InlineData("CancelledUnpaid", "Cancelled", "None")]
    [InlineData("CancelledPaid", "Cancelled", "Refunded")]
    [InlineData("RefundedLate", "Cancelled", "Refunded")]
    [InlineData("PaidLater", "Delivered", "Received")]
    [InlineData("ReportedTwice", "Delivered", "Received")]
    [InlineData("PaidTooLate", "Cancelled", "Refunded")]
    [InlineData("Unpaid", "AwaitingPayment", "Pending")]
    public void A_story_leads_to_its_end(string ending, string status, string payment) =>
        (Stories[0] with { Ending = Enum.Parse<Ending>(ending) }).Milestones[^1]
            .ShouldBe(new(Enum.Parse<OrderStatus>(status), Enum.Parse<PaymentStatus>(payment)));

    [Fact]
    public void Some_payments_are_bank_transfers_where_the_provider_is_not_the_point()
    {
        (100.0 * Stories.Count(story => story.ByTransfer) / Many).ShouldBe(15, tolerance: 2);
        Stories.Where(story => story.ByTransfer).ShouldNotContain(story => story.Ending == Ending.ReportedTwice || story.Ending == Ending.PaidTooLate);
    }

    [Fact]
    public void One_product_in_twenty_is_scarce()
    {
        World large = new(seed: 42, products: 2_000, customers: 1);

        (100.0 * large.Products.Count(product => product.Scarce) / 2_000).ShouldBe(5, tolerance: 2);
        large.Products.Where(product => product.Scarce).ShouldAllBe(product => product.Pieces >= 5 && product.Pieces <= 40);
        large.Products.Where(product => !product.Scarce).ShouldAllBe(product => product.Pieces == 10_000);
    }

    [Fact]
    public void A_thousand_orders_sell_something_out_and_leave_most_on_the_shelf()
    {
        var wanted = Stories.Take(1_000).SelectMany(story => story.Lines).GroupBy(line => line.Product)
            .ToDictionary(lines => lines.Key, lines => lines.Sum(line => line.Quantity));

        wanted.ShouldContain(product => product.Value > product.Key.Pieces);
        wanted.Count(product => product.Value > product.Key.Pieces).ShouldBeLessThan(10);
    }

    [Fact]
    public void Totals_are_computed_from_the_lines()
    {
        var story = Stories[0] with { Lines = [new(Costing(12.49m), 3), new(Costing(0.99m), 2)] };

        story.Items.ShouldBe(5);
        story.ItemsTotal.ShouldBe(39.45m);
    }

    private static Product Costing(decimal price) => World.Products[0] with { Body = World.Products[0].Body with { UnitPrice = price } };

    private static string Text<T>(IEnumerable<T> things) => JsonSerializer.Serialize(things);
}
