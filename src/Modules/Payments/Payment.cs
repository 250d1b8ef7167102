using Monolith.Contracts.Payments;
using Monolith.Kernel.Folding;

namespace Monolith.Payments;

/// <summary>The payment of one order: what decisions about it need to know.</summary>
/// <param name="Id">UUIDv7 as text; also the id of its stream.</param>
/// <param name="Due">What is to be paid, in <paramref name="Currency"/> as every amount of the payment.</param>
/// <param name="DueAt">Until when.</param>
/// <param name="Reference">What the provider or the bank named the money that came in, or the last attempt that failed.</param>
/// <param name="EventsFolded">How many events led here, which is the version of the stream.</param>
public sealed record Payment(
    string Id,
    string OrderId,
    string CustomerId,
    decimal Due,
    string Currency,
    DateTimeOffset DueAt,
    PaymentState State,
    decimal Paid,
    decimal Refunded,
    string? Reference,
    long EventsFolded) : IFolded<Payment>
{
    /// <summary>It can be paid.</summary>
    public bool IsOpen => State is PaymentState.Pending or PaymentState.Failed;

    public static Payment? Fold(Payment? state, object e) => (state, e) switch
    {
        (_, PaymentOpened o) => new Payment(
            o.PaymentId, o.OrderId, o.CustomerId, o.Due, o.Currency, o.DueAt, PaymentState.Pending, Paid: 0, Refunded: 0, Reference: null, EventsFolded: 1),
        (null, _) => null,
        (_, PaymentSettled s) => state.After(PaymentState.Received) with { Paid = state.Paid + s.Amount, Reference = s.Reference },
        (_, PaymentDeclined d) => state.After(PaymentState.Failed) with { Reference = d.Reference },
        (_, PaymentExpired) => state.After(PaymentState.Expired),
        (_, PaymentCancelled) => state.After(PaymentState.Cancelled),
        (_, RefundOpened) => state.After(PaymentState.RefundPending),
        (_, RefundSettled s) => state.After(PaymentState.Refunded) with { Refunded = state.Refunded + s.Amount },
        (_, RefundDeclined) => state.After(PaymentState.RefundFailed),
        _ => state.After(state.State),
    };

    private Payment After(PaymentState state) => this with { State = state, EventsFolded = EventsFolded + 1 };
}

public enum PaymentState
{
    Pending,

    /// <summary>An attempt failed; another one may succeed.</summary>
    Failed,

    Received,

    /// <summary>Nobody paid in time.</summary>
    Expired,

    /// <summary>The order does not want to be paid any more.</summary>
    Cancelled,

    RefundPending,
    Refunded,
    RefundFailed,
}

/// <summary>Keeps the snapshot of every payment, in the transaction of its events.</summary>
public sealed class PaymentProjection() : FoldProjection<Payment>(ProjectionName, PaymentsModule.Events.Keys)
{
    public const string ProjectionName = "Payment";
}
