using Monolith.Contracts.Ordering;
using Monolith.Contracts.Shipping;
using Monolith.Kernel;

namespace Monolith.Shipping.Fees;

/// <summary>
/// What deliveries cost: the country decides the zone, the zone and the weight the price in EUR, the service multiplies it, and a rate
/// that is fixed with the policy turns it into the order's currency, rounded half to even. A policy that was in force is never changed:
/// orders keep its version beside their fee, and a new price is a new policy.
/// </summary>
public sealed partial record FeePolicy(
    int Version,
    IReadOnlyDictionary<string, string> Zones,
    IReadOnlyDictionary<string, ZoneTariff> Tariffs,
    IReadOnlyDictionary<DeliveryService, decimal> Services,
    IReadOnlyDictionary<string, decimal> Rates)
{
    /// <summary>All policies that ever were, oldest first. Version 0, before them, delivered for nothing.</summary>
    public static IReadOnlyList<FeePolicy> All { get; } = [FirstPolicy(), SecondPolicy()];

    public static FeePolicy Newest => All[^1];

    /// <returns>Null when there never was such a policy.</returns>
    public static FeePolicy? Find(int version) => All.FirstOrDefault(policy => policy.Version == version);

    /// <returns>Null when there is no tariff for the country, the service or the currency.</returns>
    public DeliveryQuote? Quote(string country, DeliveryService service, decimal weightKg, string currency) =>
        Zones.TryGetValue(country, out var zone)
        && Services.TryGetValue(service, out var factor)
        && Rates.TryGetValue(currency, out var rate)
            ? new DeliveryQuote(Currency.Round(Tariffs[zone].PriceOf(weightKg) * factor * rate, currency), currency, zone, Version)
            : null;
}

/// <summary>The prices of one zone, in EUR.</summary>
/// <param name="Bands">By weight, lightest first.</param>
/// <param name="Further">For each further <see cref="Step"/> that is begun above the last band.</param>
public sealed record ZoneTariff(IReadOnlyList<WeightBand> Bands, decimal Further)
{
    /// <summary>Kilograms.</summary>
    private const decimal Step = 10;

    public decimal PriceOf(decimal weightKg) => Bands.FirstOrDefault(band => weightKg <= band.UpToKg) is { } band
        ? band.Price
        : Bands[^1].Price + (Further * decimal.Ceiling((weightKg - Bands[^1].UpToKg) / Step));
}

/// <param name="Price">In EUR.</param>
public sealed record WeightBand(decimal UpToKg, decimal Price);
