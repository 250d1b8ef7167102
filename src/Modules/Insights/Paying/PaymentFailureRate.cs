using Monolith.Contracts.Ordering;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Alerting;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Paying;

/// <summary>Attempts to pay.</summary>
public sealed record Attempts(int Succeeded, int Failed)
{
    internal decimal FailureRate => Math.Round((decimal)Failed / (Succeeded + Failed), 4);
}

/// <summary>How many of the attempts to pay fail: over five minutes, every minute.</summary>
public sealed class PaymentFailureRate() : Processor<PaymentFailureRate, Attempts>(ProjectionName, Stream)
{
    public const string ProjectionName = "payment-failure-rate";

    public const string Key = "all";

    private static Topology<Attempts> Stream { get; } = new Topology<Attempts>
    {
        Windows = new Hopping(TimeSpan.FromMinutes(5), Every: TimeSpan.FromMinutes(1)),
        Grace = TimeSpan.FromMinutes(1),
        Merge = (a, b) => new Attempts(a.Succeeded + b.Succeeded, a.Failed + b.Failed),
        Alerts =
        [
            new AlertRule<Attempts>
            {
                Name = "payments-failing",
                Raise = a => a is { Failed: >= 5, FailureRate: > 0.5m },
                Clear = a => a.FailureRate <= 0.25m,
                For = 3,
                Says = a => $"{a.Failed} of {a.Succeeded + a.Failed} attempts to pay failed within five minutes.",
            },
        ],
        Output = (attempts, _) => new Shown(attempts.Succeeded + attempts.Failed, attempts.Failed, attempts.FailureRate),
    }
        .From<PaymentReceived>(at: e => e.ReceivedAt, _ => [new Share<Attempts>(Key, new Attempts(1, 0))])
        .From<PaymentFailed>(at: e => e.FailedAt, _ => [new Share<Attempts>(Key, new Attempts(0, 1))]);

    /// <param name="Rate">From 0 to 1.</param>
    internal sealed record Shown(int Attempts, int Failed, decimal Rate);
}
