using System.Text.Json.Serialization;
using Monolith.Contracts.Payments;
using Monolith.Kernel.Folding;

namespace Monolith.Payments;

/// <summary>The payment of one order: what decisions about it need to know.</summary>
/// <param name="Id">UUIDv7 as text; also the id of its stream.</param>
/// <param name="Due">What is to be paid in all, in <paramref name="Currency"/> as every amount of the payment.</param>
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
    /// <summary>Refunds that were opened and are not settled; one that the provider declined may still succeed.</summary>
    public IReadOnlyList<decimal> Refunds { get; init; } = [];

    /// <summary>How many refunds were ever opened.</summary>
    public int RefundCount { get; init; }

    /// <summary>Everything that came in.</summary>
    public IReadOnlyList<NamedAmount> Receipts { get; init; } = [];

    /// <summary>Everything that went back.</summary>
    public IReadOnlyList<NamedAmount> Returns { get; init; } = [];

    /// <summary>The last amendment; 0 before any.</summary>
    public int Amendment { get; init; }

    /// <summary>It can be paid.</summary>
    [JsonIgnore]
    public bool IsOpen => State is PaymentState.Pending or PaymentState.Failed;

    /// <summary>What was given back, or is about to be.</summary>
    [JsonIgnore]
    public decimal RefundsOpened => Refunded + Refunds.Sum();

    /// <summary>Money is missing. Where all that came in went back, nobody wants any.</summary>
    [JsonIgnore]
    public bool WantsMore => Missing > 0 && Paid > RefundsOpened;

    /// <summary>What is still to be paid; negative where too much came in.</summary>
    [JsonIgnore]
    public decimal Missing => Due - Paid + RefundsOpened;

    public static Payment? Fold(Payment? state, object e) => (state, e) switch
    {
        (_, PaymentOpened o) => new Payment(
            o.PaymentId, o.OrderId, o.CustomerId, o.Due, o.Currency, o.DueAt, PaymentState.Pending, Paid: 0, Refunded: 0, Reference: null, EventsFolded: 1),
        (null, _) => null,
        (_, PaymentSettled s) => state.With(s),
        (_, PaymentDeclined d) => state.After(PaymentState.Failed) with { Reference = d.Reference },
        (_, PaymentExpired) => state.After(PaymentState.Expired),
        (_, PaymentCancelled) => state.After(PaymentState.Cancelled),
        (_, PaymentAmended a) => state.With(a),
        (_, RefundOpened o) => Balanced(
            state with { Refunds = [.. state.Refunds, o.Amount], RefundCount = state.RefundCount + 1 }, PaymentState.RefundPending),
        (_, RefundSettled s) => state.With(s),
        (_, RefundDeclined) => state.After(state.WantsMore ? PaymentState.Pending : PaymentState.RefundFailed),
        _ => state.After(state.State),
    };

    private Payment With(PaymentSettled e) => Balanced(
        this with { Paid = Paid + e.Amount, Reference = e.Reference, Receipts = [.. Receipts, new(e.Reference, e.Amount)] }, PaymentState.Received);

    private Payment With(PaymentAmended e) => Paid == 0
        ? After(State) with { Due = e.Due, Amendment = e.Amendment }
        : Balanced(this with { Due = e.Due, Amendment = e.Amendment }, PaymentState.Received);

    private Payment With(RefundSettled e)
    {
        var refunds = Refunds.ToList();
        refunds.Remove(e.Amount);
        return Balanced(this with { Refunded = Refunded + e.Amount, Refunds = refunds, Returns = [.. Returns, new(e.Reference, e.Amount)] }, PaymentState.Refunded);
    }

    /// <summary>Money that is missing can be paid.</summary>
    private static Payment Balanced(Payment payment, PaymentState whenSquare) => payment.After(payment switch
    {
        { WantsMore: true } => PaymentState.Pending,
        { Refunds: [_, ..] } => PaymentState.RefundPending,
        { Refunded: > 0 } => PaymentState.Refunded,
        _ => whenSquare,
    });

    private Payment After(PaymentState state) => this with { State = state, EventsFolded = EventsFolded + 1 };
}

/// <summary>
/// Money by the name that the provider or the bank gave it. Two movements may have one name, such as that of the charge; with the same
/// amount, too, it is the same one.
/// </summary>
public sealed record NamedAmount(string Reference, decimal Amount);

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
