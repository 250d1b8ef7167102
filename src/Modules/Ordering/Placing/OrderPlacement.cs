using Monolith.Contracts.Catalog;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Shipping;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Ordering.Fulfilment;

namespace Monolith.Ordering.Placing;

/// <summary>Decides whether an order can be placed, at the catalog's prices and the delivery fees of this moment. It does not look at stock.</summary>
public static class OrderPlacement
{
    public static Decision Decide(
        PlaceOrder command, IReadOnlyDictionary<string, CatalogProduct> catalog, IDeliveryFees fees, string orderId, DateTimeOffset now)
    {
        var unavailable = command.Lines!.Select(l => l!.Sku!).Where(sku => catalog.GetValueOrDefault(sku) is not { Active: true }).Distinct();
        if (unavailable.ToArray() is { Length: > 0 } skus)
        {
            return Decision.Reject(ProblemTypes.RuleViolated, $"Unknown or inactive: {string.Join(", ", skus)}.");
        }

        var lines = command.Lines!.Select(line => Price(catalog[line!.Sku!], line.Quantity!.Value)).ToArray();
        var currencies = command.Lines!.Select(line => catalog[line!.Sku!].Currency).Distinct().ToArray();
        if (currencies is not [var currency])
        {
            return Decision.Reject(ProblemTypes.RuleViolated, $"An order has one currency, these products have {string.Join(", ", currencies)}.");
        }

        var (country, service, weight) = (command.DeliverTo!.Country!, command.DeliveryService!.Value, lines.Sum(line => line.WeightKg * line.Quantity));
        if (fees.Quote(country, service, weight, currency) is not { } quote)
        {
            return Decision.Reject(ProblemTypes.RuleViolated, $"There is no delivery tariff for {country} in {currency}.");
        }

        var itemsTotal = lines.Sum(line => line.LineTotal);
        var placed = new OrderPlaced(
            orderId, command.CustomerId!, currency, lines, command.DeliverTo.ToRecipient(), service,
            new DeliveryCharge(quote.Fee, quote.PolicyVersion, quote.Zone, weight), itemsTotal, itemsTotal + quote.Fee, now);
        return Decision.Accept(placed).Sending(OrderFulfilment.Begin(placed));
    }

    private static OrderLine Price(CatalogProduct product, int quantity) => new(
        product.Sku, product.Name, product.Category, product.WeightKg, quantity, product.UnitPrice,
        Currency.Round(product.UnitPrice * quantity, product.Currency));
}
