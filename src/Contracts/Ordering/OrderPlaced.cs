using System.Text.Json.Serialization;

namespace Monolith.Contracts.Ordering;

/// <summary>A customer ordered goods at the prices of that moment.</summary>
/// <param name="ItemsTotal">Sum of the lines, in <paramref name="Currency"/> as every amount of the order.</param>
/// <param name="Total">What the customer owes: items and delivery.</param>
public sealed record OrderPlaced(
    string OrderId,
    string CustomerId,
    string Currency,
    IReadOnlyList<OrderLine> Lines,
    Recipient DeliverTo,
    DeliveryService DeliveryService,
    DeliveryCharge Delivery,
    decimal ItemsTotal,
    decimal Total,
    DateTimeOffset PlacedAt);

/// <summary>A product as it was when it was ordered, and how many pieces of it.</summary>
public sealed record OrderLine(
    string Sku, string Name, string Category, decimal WeightKg, int Quantity, decimal UnitPrice, decimal LineTotal);

/// <summary>All personal data of an order, in one value, so that it is masked and erased in one place.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record Recipient(string Name, string Street, string City, string PostalCode, string Country);

/// <summary>A delivery fee with what it was calculated from.</summary>
/// <param name="Zone">The tariff zone of the country; null where the policy knows none.</param>
/// <param name="WeightKg">Weight of the whole order.</param>
/// <param name="PolicyVersion">The version of the fee policy that calculated it; 0 is the policy that delivers for nothing.</param>
public sealed record DeliveryCharge(decimal Fee, int PolicyVersion, string? Zone, decimal WeightKg);

/// <summary>How fast. The stored names are explicit, as those of the events are.</summary>
public enum DeliveryService
{
    [JsonStringEnumMemberName("standard")]
    Standard,

    [JsonStringEnumMemberName("express")]
    Express,
}
