using CsCheck;
using Monolith.Contracts.Ordering;
using Monolith.Kernel;
using Monolith.Shipping.Fees;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Shipping;

public class FeePolicyTests
{
    private static readonly FeePolicy First = FeePolicy.All[0];

    [Theory]
    [InlineData("DE", "0", "4.90", "domestic")]
    [InlineData("DE", "2", "4.90", "domestic")]
    [InlineData("DE", "2.001", "6.90", "domestic")]
    [InlineData("DE", "31.5", "21.90", "domestic")]
    [InlineData("DE", "31.501", "28.90", "domestic")]
    [InlineData("DE", "41.5", "28.90", "domestic")]
    [InlineData("DE", "41.501", "35.90", "domestic")]
    [InlineData("AT", "1", "9.90", "eu-near")]
    [InlineData("FI", "1", "13.90", "eu-far")]
    [InlineData("CH", "1", "17.90", "europe")]
    [InlineData("US", "1", "24.90", "world")]
    public void The_zone_and_the_weight_make_the_fee(string country, string weightKg, string fee, string zone)
    {
        var quote = First.Quote(country, DeliveryService.Standard, decimal.Parse(weightKg), "EUR")!;

        (quote.Fee, quote.Zone, quote.Currency, quote.PolicyVersion).ShouldBe((decimal.Parse(fee), zone, "EUR", 1));
    }

    [Theory]
    [InlineData("EUR", "9.80")]
    [InlineData("USD", "10.78")]
    [InlineData("CHF", "9.41")]
    [InlineData("JPY", "1568")]
    public void The_service_multiplies_it_and_the_rate_turns_it_into_the_currency(string currency, string fee) =>
        First.Quote("DE", DeliveryService.Express, 1, currency)!.Fee.ShouldBe(decimal.Parse(fee));

    [Theory]
    [InlineData("XX", "EUR")]
    [InlineData("de", "EUR")]
    [InlineData("DE", "XAF")]
    public void Where_no_tariff_leads_there_is_none(string country, string currency) =>
        First.Quote(country, DeliveryService.Standard, 1, currency).ShouldBeNull();

    [Fact]
    public void What_weighs_more_never_costs_less_and_fees_fit_their_currency() => Gen.Select(
        Gen.OneOf([.. First.Zones.Keys]), Gen.OneOf([.. First.Rates.Keys]), Gen.Int[0, 5_000_000], Gen.Int[0, 1_000_000]).Sample((country, currency, grams, more) =>
    {
        var light = First.Quote(country, DeliveryService.Standard, grams / 1000m, currency)!;
        var heavy = First.Quote(country, DeliveryService.Standard, (grams + more) / 1000m, currency)!;

        heavy.Fee.ShouldBeGreaterThanOrEqualTo(light.Fee);
        light.Fee.ShouldBeGreaterThan(0);
        Currency.Fits(light.Fee, currency).ShouldBeTrue();
    });

    [Fact]
    public void Versions_are_counted_from_one_and_the_last_is_in_force()
    {
        FeePolicy.All.Select(policy => policy.Version).ShouldBe(Enumerable.Range(1, FeePolicy.All.Count));
        FeePolicy.Newest.ShouldBe(FeePolicy.All[^1]);
        FeePolicy.All.ShouldAllBe(policy => policy.Zones.Values.All(policy.Tariffs.ContainsKey));
    }
}
