using Monolith.Contracts.Ordering;

namespace Monolith.Contracts.Shipping;

/// <summary>What a delivery costs, by the policy in force or by one that was.</summary>
public interface IDeliveryFees
{
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="weightKg">Weight of the whole order.</param>
    /// <param name="currency">ISO 4217; the fee is in it.</param>
    /// <param name="policyVersion">Another policy than the one in force.</param>
    /// <returns>Null when the policy has no tariff for this.</returns>
    DeliveryQuote? Quote(string country, DeliveryService service, decimal weightKg, string currency, int? policyVersion = null);

    /// <summary>Whether there ever was a policy of this version.</summary>
    bool Knows(int policyVersion);
}

public sealed record DeliveryQuote(decimal Fee, string Currency, string Zone, int PolicyVersion);
