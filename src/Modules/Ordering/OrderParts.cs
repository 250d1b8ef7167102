using System.Text.Json.Serialization;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;

namespace Monolith.Ordering;

/// <summary>The money side of an order; amounts are in the order's currency.</summary>
/// <param name="Due">What is to be paid in all.</param>
/// <param name="FailedAt">When the last attempt to pay failed.</param>
public sealed record OrderPayment(
    PaymentStatus Status, decimal Due, decimal Paid, decimal Refunded, string? PaymentId, DateTimeOffset? FailedAt)
{
    public static readonly OrderPayment None = new(PaymentStatus.None, Due: 0, Paid: 0, Refunded: 0, PaymentId: null, FailedAt: null);

    /// <summary>What was asked back, oldest first, whether or not it has arrived.</summary>
    public IReadOnlyList<decimal> RefundsAsked { get; init; } = [];

    /// <summary>Everything that came in or went back.</summary>
    public IReadOnlyList<MoneyMove> Moves { get; init; } = [];

    /// <summary>Everything that should have gone back and did not, each time that it did not.</summary>
    public IReadOnlyList<MoneyMove> RefundsDeclined { get; init; } = [];

    /// <summary>What came in and was not asked back.</summary>
    [JsonIgnore]
    public decimal Kept => Paid - RefundsAsked.Sum();

    public bool Knows(string reference, DateTimeOffset at) => Moves.Contains(new MoneyMove(reference, at));

    public OrderPayment With(PaymentRequested e) => this with { Status = PaymentStatus.Pending, Due = e.Due, PaymentId = e.PaymentId };

    public OrderPayment With(PaymentFailed e) => this with { Status = PaymentStatus.Failed, FailedAt = e.FailedAt };

    /// <param name="owed">What the order costs; nothing, once it is cancelled.</param>
    public OrderPayment With(PaymentReceived e, decimal owed) => (this with
    {
        Due = Status == PaymentStatus.None ? e.Amount : Due,
        Paid = Paid + e.Amount,
        PaymentId = e.PaymentId,
        Moves = [.. Moves, new MoneyMove(e.Reference, e.ReceivedAt)],
    }).Balanced(owed);

    public OrderPayment With(RefundRequested e) => this with { Status = PaymentStatus.RefundPending, RefundsAsked = [.. RefundsAsked, e.Amount] };

    public OrderPayment With(RefundConfirmed e, decimal owed) =>
        (this with { Refunded = Refunded + e.Amount, Moves = [.. Moves, new MoneyMove(e.Reference, e.ConfirmedAt)] }).Balanced(owed);

    public OrderPayment With(RefundFailed e) =>
        this with { Status = PaymentStatus.RefundFailed, RefundsDeclined = [.. RefundsDeclined, new MoneyMove(e.Reference, e.FailedAt)] };

    /// <summary>The order costs something else. Before it can be paid, there is nothing to change.</summary>
    public OrderPayment Owing(decimal total) => this switch
    {
        { PaymentId: null } => this,
        { Paid: 0 } => this with { Due = total },
        _ => (this with { Due = total }).Balanced(total),
    };

    /// <summary>Nobody is asked for money any more; what came in is another matter.</summary>
    public OrderPayment Closed() => Status is PaymentStatus.Pending or PaymentStatus.Failed
        ? this with { Status = Paid == 0 ? PaymentStatus.None : PaymentStatus.Received }
        : this;

    private OrderPayment Balanced(decimal owed) => this with
    {
        Status = this switch
        {
            _ when Kept < owed => PaymentStatus.Pending,
            _ when Refunded < RefundsAsked.Sum() => PaymentStatus.RefundPending,
            { Refunded: > 0 } => PaymentStatus.Refunded,
            _ => PaymentStatus.Received,
        },
    };
}

/// <summary>Money that came in or went back, by the name that the provider or the bank gave it, and when that was known.</summary>
public sealed record MoneyMove(string Reference, DateTimeOffset At);

/// <summary>The parcel of an order.</summary>
public sealed record OrderShipment(
    string ShipmentId, ShipmentStatus Status, string Carrier, string TrackingNumber, DateTimeOffset DispatchedAt, DateTimeOffset? DeliveredAt)
{
    public static OrderShipment Of(OrderShipped e) =>
        new(e.ShipmentId, ShipmentStatus.Dispatched, e.Carrier, e.TrackingNumber, e.ShippedAt, DeliveredAt: null);

    public OrderShipment With(OrderDelivered e) => this with { Status = ShipmentStatus.Delivered, DeliveredAt = e.DeliveredAt };
}
