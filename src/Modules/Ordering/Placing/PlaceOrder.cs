using Monolith.Contracts.Ordering;
using Monolith.Kernel;
using Monolith.Kernel.Problems;

namespace Monolith.Ordering.Placing;

public sealed record PlaceOrder(
    string? CustomerId, IReadOnlyList<PlaceOrder.Line?>? Lines, PlaceOrder.Address? DeliverTo, DeliveryService? DeliveryService)
{
    private const int MostLines = 100;

    public sealed record Line(string? Sku, int? Quantity);

    public sealed record Address(string? Name, string? Street, string? City, string? PostalCode, string? Country)
    {
        public Recipient ToRecipient() => new(Name!, Street!, City!, PostalCode!, Country!);
    }

    public InputErrors Check()
    {
        var errors = new InputErrors()
            .Text(CustomerId, "customerId")
            .Require(Lines is { Count: >= 1 and <= MostLines }, "lines", $"must have 1 to {MostLines} entries")
            .Require(DeliverTo is not null, "deliverTo", "is required")
            .Require(DeliveryService is not null, "deliveryService", "is required: standard or express");

        foreach (var (index, line) in (Lines ?? []).Take(MostLines).Index())
        {
            errors
                .Require(Sku.IsValid(line?.Sku), $"lines[{index}].sku", Sku.Rule)
                .Require(Quantity.IsValid(line?.Quantity), $"lines[{index}].quantity", Quantity.Rule);
        }

        return DeliverTo is not { } address ? errors : errors
            .Text(address.Name, "deliverTo.name")
            .Text(address.Street, "deliverTo.street")
            .Text(address.City, "deliverTo.city")
            .Text(address.PostalCode, "deliverTo.postalCode")
            .Require(Country.IsValid(address.Country), "deliverTo.country", Country.Rule);
    }
}
