using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;

namespace Monolith.Ordering.Fulfilment;

/// <summary>
/// The customer's money against what the order costs. Whatever made the difference, a cancellation or another price, and in whichever order
/// the news of it came: what was kept above the price is asked back, once.
/// </summary>
public static class Refunds
{
    /// <summary>The reason of a refund that nobody asked for: more came in than the order costs.</summary>
    public const string TooMuch = "overpaid";

    /// <summary>The decision, with the refund that becomes due by it.</summary>
    public static Decision Balance(Order order, Decision decision, string reason, DateTimeOffset now)
    {
        var after = Folded.After(order, decision.Events)!;
        var excess = after.Payment.Kept - after.Owed;
        return excess <= 0 || !after.IsPaid
            ? decision
            : decision
                .Adding(new RefundRequested(order.Id, after.Payment.PaymentId!, excess, order.Currency, reason, now))
                .Sending(new RefundPayment(order.Id, after.Payment.PaymentId!, [.. after.Payment.RefundsAsked, excess]));
    }
}
