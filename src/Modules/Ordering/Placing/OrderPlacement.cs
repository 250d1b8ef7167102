using Monolith.Contracts.Catalog;
using Monolith.Contracts.Ordering;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;

namespace Monolith.Ordering.Placing;

/// <summary>Decides whether an order can be placed, at the catalog's prices of this moment.</summary>
public static class OrderPlacement
{
    /// <summary>The fee policy that delivers for nothing.</summary>
    private const int FreeDelivery = 0;

    public static Decision Decide(
        PlaceOrder command, IReadOnlyDictionary<string, CatalogProduct> catalog, string orderId, string paymentId, DateTimeOffset now)
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

        var delivery = new DeliveryCharge(Fee: 0, FreeDelivery, Zone: null, lines.Sum(line => line.WeightKg * line.Quantity));
        var itemsTotal = lines.Sum(line => line.LineTotal);
        var total = itemsTotal + delivery.Fee;
        return Decision.Accept(
            new OrderPlaced(
                orderId, command.CustomerId!, currency, lines, command.DeliverTo!.ToRecipient(), command.DeliveryService!.Value,
                delivery, itemsTotal, total, now),
            new PaymentRequested(orderId, paymentId, total, currency, now));
    }

    private static OrderLine Price(CatalogProduct product, int quantity) => new(
        product.Sku, product.Name, product.Category, product.WeightKg, quantity, product.UnitPrice,
        Currency.Round(product.UnitPrice * quantity, product.Currency));
}
