using System.Globalization;
using Monolith.Contracts.Ordering;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Alerting;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Paying;

/// <summary>An order and what became of it, as far as either has been seen.</summary>
public sealed record OrderAndPayment(PlacedOrder? Order = null, ReceivedPayment? Payment = null, DateTimeOffset? CancelledAt = null)
{
    internal static OrderAndPayment Join(OrderAndPayment a, OrderAndPayment b) => new(
        a.Order ?? b.Order,
        a.Payment is { } one && b.Payment is { } other ? Earlier(one, other) : a.Payment ?? b.Payment,
        a.CancelledAt < b.CancelledAt ? a.CancelledAt : b.CancelledAt ?? a.CancelledAt);

    private static ReceivedPayment Earlier(ReceivedPayment a, ReceivedPayment b) => a.At <= b.At ? a : b;
}

public sealed record PlacedOrder(DateTimeOffset At, decimal Total, string Currency);

public sealed record ReceivedPayment(DateTimeOffset At, decimal Amount, string Currency);

/// <summary>
/// How long customers take to pay: each order with the payment, or the cancellation, that came within half an hour. Those without the other come out, too.
/// </summary>
public sealed class TimeToPay() : Processor<TimeToPay, OrderAndPayment>(ProjectionName, Stream)
{
    public const string ProjectionName = "time-to-pay";

    private static Topology<OrderAndPayment> Stream { get; } = new Topology<OrderAndPayment>
    {
        Windows = new IntervalJoin(Within: TimeSpan.FromMinutes(30), Slack: TimeSpan.FromMinutes(1)),
        // The order hears of its payment by a message, which may have to be repeated.
        Grace = TimeSpan.FromMinutes(10),
        Merge = OrderAndPayment.Join,
        Alerts =
        [
            new AlertRule<OrderAndPayment>
            {
                Name = "order-unpaid",
                Raise = pair => pair is { Order: not null, Payment: null, CancelledAt: null },
                Clear = pair => pair is not { Payment: null, CancelledAt: null },
                Says = pair => pair.Order is { } order
                    ? string.Create(CultureInfo.InvariantCulture, $"{order.Total} {order.Currency} were not paid within half an hour.")
                    : "The order was paid late, or cancelled.",
            },
        ],
        Output = Show,
    }
    .From<OrderPlaced>(e => e.PlacedAt, e => Of(e.OrderId, new(Order: new PlacedOrder(e.PlacedAt, e.Total, e.Currency))))
    .From<PaymentReceived>(e => e.ReceivedAt, e => Of(e.OrderId, new(Payment: new ReceivedPayment(e.ReceivedAt, e.Amount, e.Currency))), Side.Right)
    .From<OrderCancelled>(e => e.CancelledAt, e => Of(e.OrderId, new(CancelledAt: e.CancelledAt)), Side.Right);

    internal static Shown Show(OrderAndPayment pair, Standing standing) => new(
        Outcome: (pair, standing) switch
        {
            ({ Order: not null, Payment: not null }, _) => Outcome.Paid,
            ({ Order: null, Payment: not null }, _) => Outcome.PaymentAlone,
            ({ CancelledAt: not null }, _) => Outcome.Cancelled,
            (_, Standing.Open) => Outcome.Waiting,
            _ => Outcome.Unpaid,
        },
        pair.Order?.At,
        pair.Payment?.At,
        (pair.Payment?.At - pair.Order?.At)?.TotalSeconds,
        pair.Order?.Total ?? pair.Payment?.Amount,
        pair.Order?.Currency ?? pair.Payment?.Currency);

    private static IEnumerable<Share<OrderAndPayment>> Of(string order, OrderAndPayment known) => [new Share<OrderAndPayment>(order, known)];

    /// <param name="SecondsToPay">Null unless both are there.</param>
    /// <param name="Amount">What the order costs; or what came in without an order.</param>
    internal sealed record Shown(
        Outcome Outcome, DateTimeOffset? PlacedAt, DateTimeOffset? PaidAt, double? SecondsToPay, decimal? Amount, string? Currency);

    internal enum Outcome
    {
        /// <summary>The payment may still come in time.</summary>
        Waiting,

        Paid,

        /// <summary>It does not want to be paid any more.</summary>
        Cancelled,

        /// <summary>The time is over, and nothing came.</summary>
        Unpaid,

        /// <summary>Money without an order that it would be in time for.</summary>
        PaymentAlone,
    }
}
