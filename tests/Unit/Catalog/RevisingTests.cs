using Monolith.Catalog;
using Monolith.Catalog.Revising;
using Monolith.Contracts.Catalog;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Catalog;

public class RevisingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);
    private static readonly ReviseProduct Tea = new("Green tea", 4.50m, "EUR", 0.125m, "tea", Active: true);

    [Fact]
    public void A_complete_product_passes() => Tea.Check("TEA-1").Any.ShouldBeFalse();

    [Fact]
    public void An_empty_one_is_told_everything_at_once() =>
        Errors.Of(new ReviseProduct(null, null, null, null, null, null).Check("no sku"))
            .ShouldBe(["active", "category", "currency", "name", "sku", "unitPrice", "weightKg"]);

    [Theory]
    [InlineData("0", "EUR", false)]
    [InlineData("-1", "EUR", false)]
    [InlineData("0.01", "EUR", true)]
    [InlineData("0.001", "EUR", false)]
    [InlineData("0.001", "KWD", true)]
    [InlineData("700.5", "JPY", false)]
    [InlineData("1000000000", "EUR", true)]
    [InlineData("1000000000.01", "EUR", false)]
    public void A_price_is_above_zero_in_the_digits_of_its_currency(string price, string currency, bool good) =>
        Errors.Of((Tea with { UnitPrice = decimal.Parse(price), Currency = currency }).Check("TEA-1")).ShouldBe(good ? [] : ["unitPrice"]);

    [Theory]
    [InlineData("0", true)]
    [InlineData("0.001", true)]
    [InlineData("0.0001", false)]
    [InlineData("-0.001", false)]
    [InlineData("100000.001", false)]
    public void A_weight_is_in_whole_grams(string weight, bool good) =>
        Errors.Of((Tea with { WeightKg = decimal.Parse(weight) }).Check("TEA-1")).ShouldBe(good ? [] : ["weightKg"]);

    [Fact]
    public void An_unknown_currency_is_reported_once() => Errors.Of((Tea with { Currency = "EURO" }).Check("TEA-1")).ShouldBe(["currency"]);

    [Fact]
    public void The_event_carries_the_whole_product() => ReviseProductEndpoint.Decide("TEA-1", Tea, Now)
        .ShouldBe(new ProductRevised("TEA-1", "Green tea", 4.50m, "EUR", 0.125m, "tea", Active: true, Now));

    [Fact]
    public void A_new_product_begins_at_version_1() =>
        ReviseProductEndpoint.Fold(current: null, ReviseProductEndpoint.Decide("TEA-1", Tea, Now))
            .ShouldBe(new Product("TEA-1", "Green tea", 4.50m, "EUR", 0.125m, "tea", Active: true, CreatedAt: Now, RevisedAt: Now, Version: 1));

    [Fact]
    public void A_revision_replaces_everything_but_the_creation()
    {
        var first = ReviseProductEndpoint.Fold(current: null, ReviseProductEndpoint.Decide("TEA-1", Tea, Now));
        var change = new ReviseProduct("Black tea", 5m, "USD", 0.2m, "drinks", Active: false);

        ReviseProductEndpoint.Fold(first, ReviseProductEndpoint.Decide("TEA-1", change, Now.AddDays(1)))
            .ShouldBe(new Product("TEA-1", "Black tea", 5m, "USD", 0.2m, "drinks", Active: false, Now, Now.AddDays(1), Version: 2));
    }
}
