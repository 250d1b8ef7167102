using Monolith.Contracts.Ordering;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Paying;

/// <summary>An order and the money for it, as far as either has been seen.</summary>
public sealed record OrderAndPayment(PlacedOrder? Order, ReceivedPayment? Payment)
{
    internal static OrderAndPayment Join(OrderAndPayment a, OrderAndPayment b) =>
        new(a.Order ?? b.Order, a.Payment is { } one && b.Payment is { } other ? Earlier(one, other) : a.Payment ?? b.Payment);

    private static ReceivedPayment Earlier(ReceivedPayment a, ReceivedPayment b) => a.At <= b.At ? a : b;
}

public sealed record PlacedOrder(DateTimeOffset At, decimal Total, string Currency);

public sealed record ReceivedPayment(DateTimeOffset At, decimal Amount, string Currency);

/// <summary>How long customers take to pay: each order with the payment that came within half an hour. Those without the other come out, too.</summary>
public sealed class TimeToPay() : Processor<TimeToPay, OrderAndPayment>(ProjectionName, Stream)
{
    public const string ProjectionName = "time-to-pay";

    private static Topology<OrderAndPayment> Stream { get; } = new Topology<OrderAndPayment>
    {
        Windows = new IntervalJoin(Within: TimeSpan.FromMinutes(30)),
        Grace = TimeSpan.FromMinutes(1),
        Merge = OrderAndPayment.Join,
        Output = Show,
    }
        .From<OrderPlaced>(
            at: e => e.PlacedAt,
            e => [new Share<OrderAndPayment>(e.OrderId, new OrderAndPayment(new PlacedOrder(e.PlacedAt, e.Total, e.Currency), Payment: null))])
        .From<PaymentReceived>(
            at: e => e.ReceivedAt,
            e => [new Share<OrderAndPayment>(e.OrderId, new OrderAndPayment(Order: null, new ReceivedPayment(e.ReceivedAt, e.Amount, e.Currency)))],
            Side.Right);

    internal static Shown Show(OrderAndPayment pair, Standing standing) => new(
        Outcome: (pair, standing) switch
        {
            ({ Order: not null, Payment: not null }, _) => Outcome.Paid,
            ({ Order: null }, _) => Outcome.PaymentAlone,
            (_, Standing.Open) => Outcome.Waiting,
            _ => Outcome.Unpaid,
        },
        pair.Order?.At,
        pair.Payment?.At,
        (pair.Payment?.At - pair.Order?.At)?.TotalSeconds,
        pair.Order?.Total ?? pair.Payment!.Amount,
        pair.Order?.Currency ?? pair.Payment!.Currency);

    /// <param name="SecondsToPay">Null unless both are there.</param>
    /// <param name="Amount">What the order costs; or what came in without an order.</param>
    internal sealed record Shown(
        Outcome Outcome, DateTimeOffset? PlacedAt, DateTimeOffset? PaidAt, double? SecondsToPay, decimal Amount, string Currency);

    internal enum Outcome
    {
        /// <summary>The payment may still come in time.</summary>
        Waiting,

        Paid,

        /// <summary>The time is over, and nothing came.</summary>
        Unpaid,

        /// <summary>Money without an order that it would be in time for.</summary>
        PaymentAlone,
    }
}
