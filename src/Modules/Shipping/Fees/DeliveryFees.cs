using Microsoft.Extensions.Options;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Shipping;

namespace Monolith.Shipping.Fees;

public sealed record ShippingOptions
{
    public const string Section = "Shipping";

    /// <summary>The version of the fee policy in force; 0 is the newest.</summary>
    public int FeePolicy { get; init; }
}

internal sealed class DeliveryFees(IOptionsMonitor<ShippingOptions> options) : IDeliveryFees
{
    public int InForce => options.CurrentValue.FeePolicy is > 0 and var version ? version : FeePolicy.Newest.Version;

    public DeliveryQuote? Quote(string country, DeliveryService service, decimal weightKg, string currency, int? policyVersion = null) =>
        FeePolicy.Find(policyVersion ?? InForce)?.Quote(country, service, weightKg, currency);

    public bool Knows(int policyVersion) => FeePolicy.Find(policyVersion) is not null;
}
