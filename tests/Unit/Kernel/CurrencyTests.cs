using CsCheck;
using Monolith.Kernel;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Kernel;

public class CurrencyTests
{
    [Theory]
    [InlineData("EUR", "1.005", "1.00")]
    [InlineData("EUR", "1.015", "1.02")]
    [InlineData("EUR", "-1.005", "-1.00")]
    [InlineData("EUR", "1.0051", "1.01")]
    [InlineData("JPY", "0.5", "0")]
    [InlineData("JPY", "1.5", "2")]
    [InlineData("KWD", "1.0005", "1.000")]
    [InlineData("KWD", "1.0015", "1.002")]
    public void Half_is_rounded_to_even(string currency, string amount, string rounded) =>
        Currency.Round(decimal.Parse(amount), currency).ShouldBe(decimal.Parse(rounded));

    [Theory]
    [InlineData("EUR", "1.50", true)]
    [InlineData("EUR", "1.500", true)]
    [InlineData("EUR", "1.505", false)]
    [InlineData("JPY", "1", true)]
    [InlineData("JPY", "1.0", true)]
    [InlineData("JPY", "1.5", false)]
    [InlineData("KWD", "1.505", true)]
    [InlineData("KWD", "1.5055", false)]
    public void An_amount_fits_when_it_needs_no_more_digits_than_its_currency_has(string currency, string amount, bool fits) =>
        Currency.Fits(decimal.Parse(amount), currency).ShouldBe(fits);

    [Fact]
    public void A_rounded_amount_fits_and_is_near() =>
        Gen.Select(Gen.Decimal[-1_000_000m, 1_000_000m], Gen.OneOf("JPY", "EUR", "KWD")).Sample((amount, currency) =>
        {
            var rounded = Currency.Round(amount, currency);

            Currency.Fits(rounded, currency).ShouldBeTrue();
            Math.Abs(rounded - amount).ShouldBeLessThanOrEqualTo(currency switch { "JPY" => 0.5m, "EUR" => 0.005m, _ => 0.0005m });
        });

    [Theory]
    [InlineData("EUR", true)]
    [InlineData("eur", false)]
    [InlineData("EURO", false)]
    [InlineData("XXX", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Codes_are_those_of_ISO_4217(string? code, bool known) => Currency.IsKnown(code).ShouldBe(known);

    [Fact]
    public void An_unknown_currency_is_not_guessed() => Should.Throw<ArgumentException>(() => Currency.Round(1, "ABC"));
}
