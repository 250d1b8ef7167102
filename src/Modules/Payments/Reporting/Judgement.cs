using Monolith.Contracts.Payments;
using Monolith.Kernel;
using Monolith.Kernel.Commands;

namespace Monolith.Payments.Reporting;

/// <summary>
/// Decides what a report of the provider means. It may come twice, late, and after what happened after it. What moved no money is
/// passed over when it is out of date; money that fits nothing is kept for support as <see cref="ReportUnmatched"/>.
/// </summary>
public static class Judgement
{
    private const string Source = "provider";

    /// <param name="payment">Null when there is none of the reported id.</param>
    /// <param name="refundIsWanted">The order has asked its money back, whether or not that message has arrived here.</param>
    public static Decision Decide(Payment? payment, string webhookId, ProviderReport report, bool refundIsWanted, DateTimeOffset now) =>
        (payment, report) switch
        {
            (_, { IsComplete: false }) => Unmatched(webhookId, report, "unreadable", now),
            (_, not { Type: ProviderReport.PaymentSucceeded or ProviderReport.PaymentFailed or ProviderReport.RefundSucceeded or ProviderReport.RefundFailed }) =>
                Unmatched(webhookId, report, "unknownType", now),
            (null, _) => Unmatched(webhookId, report, "unknownPayment", now),
            _ when report.Amount != payment.Due || report.Currency != payment.Currency => Unmatched(webhookId, report, "otherAmount", now),
            (_, { Type: ProviderReport.PaymentSucceeded }) => Succeeded(payment, webhookId, report, now),
            (_, { Type: ProviderReport.PaymentFailed }) => Failed(payment, webhookId, report, now),
            _ => Refund(payment, webhookId, report, refundIsWanted, now),
        };

    private static Decision Succeeded(Payment payment, string webhookId, ProviderReport report, DateTimeOffset now) => payment switch
    {
        { Paid: 0 } => Decision.Announce(new PaymentSettled(
            payment.Id, payment.OrderId, payment.Due, payment.Currency, ReferenceOf(report, webhookId), Source, WhenOf(report, now), now)),
        _ when payment.Reference == ReferenceOf(report, webhookId) => Decision.Nothing,
        _ => Unmatched(webhookId, report, "paidAlready", now),
    };

    private static Decision Failed(Payment payment, string webhookId, ProviderReport report, DateTimeOffset now) => payment switch
    {
        { IsOpen: false } => Decision.Nothing,
        { State: PaymentState.Failed } when payment.Reference == ReferenceOf(report, webhookId) => Decision.Nothing,
        _ => Decision.Announce(new PaymentDeclined(payment.Id, payment.OrderId, ReferenceOf(report, webhookId), WhenOf(report, now), now)),
    };

    private static Decision Refund(Payment payment, string webhookId, ProviderReport report, bool isWanted, DateTimeOffset now)
    {
        var succeeded = report.Type == ProviderReport.RefundSucceeded;
        object outcome = succeeded
            ? new RefundSettled(
                payment.Id, payment.OrderId, payment.Due, payment.Currency, ReferenceOf(report, webhookId), WhenOf(report, now), now)
            : new RefundDeclined(
                payment.Id, payment.OrderId, payment.Due, payment.Currency, ReferenceOf(report, webhookId), WhenOf(report, now), now);
        return payment.State switch
        {
            PaymentState.RefundPending => Decision.Announce(outcome),
            PaymentState.RefundFailed when succeeded => Decision.Announce(outcome),
            PaymentState.RefundFailed or PaymentState.Refunded => Decision.Nothing,
            // The provider was faster than the message that opens the refund.
            PaymentState.Received when isWanted => Decision
                .Accept(new RefundOpened(payment.Id, payment.OrderId, payment.Due, payment.Currency, now), outcome).Sending(outcome),
            _ => Unmatched(webhookId, report, "noRefund", now),
        };
    }

    private static Decision Unmatched(string webhookId, ProviderReport report, string reason, DateTimeOffset now) => Decision.Accept(new ReportUnmatched(
        webhookId, report.Type, report.PaymentId, report.Amount, report.Currency, report.Reference, report.OccurredAt?.ToMicroseconds(), reason, now));

    /// <summary>Money without a name of its own has that of the report.</summary>
    private static string ReferenceOf(ProviderReport report, string webhookId) => report.Reference is { Length: > 0 } reference ? reference : webhookId;

    private static DateTimeOffset WhenOf(ProviderReport report, DateTimeOffset now) => report.OccurredAt?.ToMicroseconds() ?? now;
}
