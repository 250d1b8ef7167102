using System.Collections.Frozen;

namespace Monolith.Kernel;

/// <summary>ISO 4217 currencies and the number of digits behind the decimal point that each one has.</summary>
public static class Currency
{
    private const string NoMinorUnit = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

    private const string TwoDigits =
        "BOV CHE CHW COU MXV USN AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP "
        + "CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS "
        + "KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD "
        + "PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP "
        + "TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";

    private const string ThreeDigits = "BHD IQD JOD KWD LYD OMN TND";

    private const string FourDigits = "CLF UYW";

    private static readonly FrozenDictionary<string, int> Digits = Of(NoMinorUnit, 0)
        .Concat(Of(TwoDigits, 2))
        .Concat(Of(ThreeDigits, 3))
        .Concat(Of(FourDigits, 4))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string? code) => code is not null && Digits.ContainsKey(code);

    /// <summary>True when the amount needs no more digits than the currency has: 1.50 EUR does not, 1.505 EUR and 1.5 JPY do.</summary>
    public static bool Fits(decimal amount, string code) => Round(amount, code) == amount;

    /// <summary>Rounds a computed amount to the currency's digits, half to even.</summary>
    /// <exception cref="ArgumentException">The currency is not in ISO 4217.</exception>
    public static decimal Round(decimal amount, string code) => Digits.TryGetValue(code, out var digits)
        ? decimal.Round(amount, digits, MidpointRounding.ToEven)
        : throw new ArgumentException($"'{code}' is not an ISO 4217 currency.", nameof(code));

    private static IEnumerable<KeyValuePair<string, int>> Of(string codes, int digits) =>
        codes.Split(' ').Select(code => KeyValuePair.Create(code, digits));
}
