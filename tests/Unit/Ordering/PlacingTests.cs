using CsCheck;
using Monolith.Contracts.Inventory;
using Monolith.Contracts.Ordering;
using Monolith.Kernel;
using Monolith.Ordering.Placing;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Ordering;

public class PlacingTests
{
    [Fact]
    public void An_order_takes_the_products_as_they_are_and_asks_for_its_goods()
    {
        var decision = OrderPlacement.Decide(Given.Command(("TEA", 2), ("POT", 1)), Given.Products, Given.Fees, "o", Given.Start);

        var placed = decision.Events[0].ShouldBeOfType<OrderPlaced>();
        placed.Lines.ShouldBe(
        [
            new OrderLine("TEA", "Green tea", "tea", 0.1m, 2, 4.50m, 9.00m),
            new OrderLine("POT", "Tea pot", "kitchen", 1.25m, 1, 39.90m, 39.90m),
        ]);
        placed.Delivery.ShouldBe(new DeliveryCharge(Fee: 4.90m, PolicyVersion: 1, Zone: "domestic", WeightKg: 1.45m));
        (placed.OrderId, placed.Currency, placed.ItemsTotal, placed.Total, placed.PlacedAt).ShouldBe(("o", "EUR", 48.90m, 53.80m, Given.Start));
        placed.DeliverTo.ShouldBe(new Recipient("Anna Adam", "Am Markt 1", "Jena", "07743", "DE"));
        decision.Events.Count.ShouldBe(1);
        decision.Messages.ShouldHaveSingleItem().ShouldBeOfType<ReserveStock>().Lines.ShouldBe([new StockLine("TEA", 2), new StockLine("POT", 1)]);
    }

    [Fact]
    public void Unknown_and_inactive_products_are_named_once()
    {
        var decision = OrderPlacement.Decide(Given.Command(("OLD", 1), ("TEA", 1), ("NONE", 1), ("NONE", 2)), Given.Products, Given.Fees, "o", Given.Start);

        decision.Events.ShouldBeEmpty();
        decision.Problem!.Status.ShouldBe(422);
        decision.Problem.Detail.ShouldBe("Unknown or inactive: OLD, NONE.");
    }

    [Fact]
    public void An_order_to_where_no_tariff_leads_is_refused()
    {
        var command = Given.Command(("TEA", 1));
        var decision = OrderPlacement.Decide(command with { DeliverTo = command.DeliverTo! with { Country = "XX" } }, Given.Products, Given.Fees, "o", Given.Start);

        decision.Events.ShouldBeEmpty();
        decision.Messages.ShouldBeEmpty();
        decision.Problem!.Status.ShouldBe(422);
    }

    [Fact]
    public void Currencies_do_not_mix()
    {
        var decision = OrderPlacement.Decide(Given.Command(("TEA", 1), ("RICE", 1)), Given.Products, Given.Fees, "o", Given.Start);

        decision.Events.ShouldBeEmpty();
        decision.Problem!.Status.ShouldBe(422);
        decision.Problem.Detail!.ShouldContain("EUR, JPY");
    }

    [Fact]
    public void Sums_add_up() =>
        Gen.Select(Gen.OneOf("TEA", "POT"), Gen.Int[1, 10_000]).Array[1, 100].Sample(lines =>
        {
            var placed = (OrderPlaced)OrderPlacement.Decide(Given.Command(lines), Given.Products, Given.Fees, "o", Given.Start).Events[0];

            placed.ItemsTotal.ShouldBe(lines.Sum(line => Given.Products[line.Item1].UnitPrice * line.Item2));
            placed.Total.ShouldBe(placed.ItemsTotal + placed.Delivery.Fee);
            placed.Lines.ShouldAllBe(line => Currency.Fits(line.LineTotal, placed.Currency));
            placed.Delivery.WeightKg.ShouldBe(lines.Sum(line => Given.Products[line.Item1].WeightKg * line.Item2));
        }, iter: 100);

    [Fact]
    public void A_complete_command_passes() => Given.Command(("TEA", 1), ("POT", 10_000)).Check().Any.ShouldBeFalse();

    [Fact]
    public void An_empty_command_is_told_everything_at_once() =>
        Errors.Of(new PlaceOrder(CustomerId: null, Lines: null, DeliverTo: null, DeliveryService: null).Check())
            .ShouldBe(["customerId", "deliverTo", "deliveryService", "lines"]);

    [Theory]
    [InlineData("", 1, "lines[0].sku")]
    [InlineData("TEA 1", 1, "lines[0].sku")]
    [InlineData(null, 1, "lines[0].sku")]
    [InlineData("TEA", 0, "lines[0].quantity")]
    [InlineData("TEA", 10_001, "lines[0].quantity")]
    [InlineData("TEA", null, "lines[0].quantity")]
    public void Lines_have_bounds(string? sku, int? quantity, string field) =>
        Errors.Of((Given.Command() with { Lines = [new PlaceOrder.Line(sku, quantity)] }).Check()).ShouldBe([field]);

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void An_order_has_1_to_100_lines(int lines) =>
        Errors.Of(Given.Command([.. Enumerable.Repeat(("TEA", 1), lines)]).Check()).ShouldBe(["lines"]);

    [Fact]
    public void A_line_that_is_null_is_reported() =>
        Errors.Of((Given.Command() with { Lines = [null] }).Check()).ShouldBe(["lines[0].quantity", "lines[0].sku"]);

    [Theory]
    [InlineData("de")]
    [InlineData("DEU")]
    [InlineData("ÄÖ")]
    [InlineData(null)]
    public void A_country_is_two_capitals(string? country)
    {
        var command = Given.Command(("TEA", 1));

        Errors.Of((command with { DeliverTo = command.DeliverTo! with { Country = country } }).Check()).ShouldBe(["deliverTo.country"]);
    }
}
