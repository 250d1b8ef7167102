using Monolith.Contracts.Ordering;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Activity;

/// <summary>What a customer did.</summary>
public sealed record Doings(int Orders, int Payments, int FailedPayments, int Cancellations)
{
    internal static Doings None { get; } = new(0, 0, 0, 0);

    internal static Doings Plus(Doings a, Doings b) => new(
        a.Orders + b.Orders, a.Payments + b.Payments, a.FailedPayments + b.FailedPayments, a.Cancellations + b.Cancellations);
}

/// <summary>When customers are active: what they do until nothing comes of them for half an hour.</summary>
public sealed class CustomerSessions() : Processor<CustomerSessions, Doings>(ProjectionName, Stream)
{
    public const string ProjectionName = "customer-sessions";

    private static Topology<Doings> Stream { get; } = new Topology<Doings>
    {
        Windows = new Session(Inactivity: TimeSpan.FromMinutes(30)),
        Grace = TimeSpan.FromMinutes(5),
        Merge = Doings.Plus,
        Output = (doings, _) => doings,
    }
        .From<OrderPlaced>(at: e => e.PlacedAt, e => Of(e, Doings.None with { Orders = 1 }))
        .FromWithBeginning<PaymentReceived, OrderPlaced>(at: e => e.ReceivedAt, (_, order) => Of(order, Doings.None with { Payments = 1 }))
        .FromWithBeginning<PaymentFailed, OrderPlaced>(at: e => e.FailedAt, (_, order) => Of(order, Doings.None with { FailedPayments = 1 }))
        .FromWithBeginning<OrderCancelled, OrderPlaced>(
            at: e => e.CancelledAt,
            (e, order) => e.Cause == CancellationCause.Customer ? Of(order, Doings.None with { Cancellations = 1 }) : []);

    private static IEnumerable<Share<Doings>> Of(OrderPlaced order, Doings doings) => [new Share<Doings>(order.CustomerId, doings)];
}
