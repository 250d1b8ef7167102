using Monolith.Contracts.Ordering;
using Monolith.Contracts.Shipping;

namespace Monolith.Ordering.Correcting;

/// <summary>An order whose fee a review found wrong, and what became of it.</summary>
/// <param name="Id">The review and the order.</param>
/// <param name="ReviewId">The operation that found it.</param>
public sealed record FeeFinding(string Id, string ReviewId, ReviewedOrder Order)
{
    public const string Found = "found";
    public const string Corrected = "corrected";
    public const string Moved = "moved";
    public const string Archived = "archived";
    public const string NoTariff = "noTariff";

    /// <summary>Computes the fee again from what it was calculated from.</summary>
    /// <returns>Null where there is nothing to correct.</returns>
    public static FeeFinding? Of(Order order, IDeliveryFees fees, FeeReview review)
    {
        var quote = fees.Quote(order.DeliverTo.Country, order.DeliveryService, order.Delivery.WeightKg, order.Currency, review.CorrectPolicyVersion);
        return order.IsCancelled || quote?.Fee == order.Delivery.Fee
            ? null
            : new FeeFinding(
                $"{review.OperationId}/{order.Id}", review.OperationId,
                new ReviewedOrder(order.Id, order.EventsFolded, order.Currency, order.Delivery.Fee, quote?.Fee, quote is null ? NoTariff : Found));
    }

    public FeeFinding Ending(string outcome) => this with { Order = Order with { Outcome = outcome } };
}
