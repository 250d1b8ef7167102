using Monolith.Contracts.Payments;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Monolith.Payments.Refunding;

namespace Monolith.Payments.Reporting;

/// <summary>
/// Decides what a report of the provider means. It may come twice, late, and after what happened after it. What moved no money is
/// passed over when it is out of date; money that fits nothing is kept for support as <see cref="MoneyUnmatched"/>.
/// </summary>
public static class Judgement
{
    private const string Source = "provider";

    /// <param name="payment">Null when there is none of the reported id.</param>
    /// <param name="refundsAsked">What the order has asked back, whether or not that message has arrived here.</param>
    public static Decision Decide(Payment? payment, string webhookId, ProviderReport report, IReadOnlyList<decimal> refundsAsked, DateTimeOffset now) =>
        (payment, report) switch
        {
            (_, { IsComplete: false }) => Rejected(webhookId, report, "unreadable", now),
            (_, not { Type: ProviderReport.PaymentSucceeded or ProviderReport.PaymentFailed or ProviderReport.RefundSucceeded or ProviderReport.RefundFailed }) =>
                Rejected(webhookId, report, "unknownType", now),
            (null, _) => Unmatched(webhookId, report, "unknownPayment", now),
            _ when report.Currency != payment.Currency => Unmatched(webhookId, report, "otherAmount", now),
            (_, { IsOfRefund: true }) => Refund(payment, webhookId, report, refundsAsked, now),
            _ when payment.Receipts.Contains(new NamedAmount(ReferenceOf(report, webhookId), report.Amount!.Value)) => Decision.Nothing,
            _ when report.Amount != Expected(payment) => Unmatched(webhookId, report, "otherAmount", now),
            (_, { Type: ProviderReport.PaymentSucceeded }) => Succeeded(payment, webhookId, report, now),
            _ => Failed(payment, webhookId, report, now),
        };

    /// <summary>What is missing; of a payment that misses nothing, or that nobody waits for any more, the whole.</summary>
    private static decimal Expected(Payment payment) => payment is { IsOpen: true, Paid: > 0 } ? payment.Missing : payment.Due;

    private static Decision Succeeded(Payment payment, string webhookId, ProviderReport report, DateTimeOffset now) => payment switch
    {
        { Paid: 0 } or { IsOpen: true } => Decision.Announce(new PaymentSettled(
            payment.Id, payment.OrderId, Expected(payment), payment.Currency, ReferenceOf(report, webhookId), Source, WhenOf(report, now), now)),
        _ => Unmatched(webhookId, report, "paidAlready", now),
    };

    private static Decision Failed(Payment payment, string webhookId, ProviderReport report, DateTimeOffset now) => payment switch
    {
        { IsOpen: false } => Decision.Nothing,
        { State: PaymentState.Failed } when payment.Reference == ReferenceOf(report, webhookId) => Decision.Nothing,
        _ => Decision.Announce(new PaymentDeclined(payment.Id, payment.OrderId, ReferenceOf(report, webhookId), WhenOf(report, now), now)),
    };

    private static Decision Refund(Payment payment, string webhookId, ProviderReport report, IReadOnlyList<decimal> asked, DateTimeOffset now)
    {
        var (reference, amount) = (ReferenceOf(report, webhookId), report.Amount!.Value);
        var early = RefundPaymentHandler.Opened(payment, asked, now).ToArray();
        var succeeded = report.Type == ProviderReport.RefundSucceeded;
        object outcome = succeeded
            ? new RefundSettled(payment.Id, payment.OrderId, amount, payment.Currency, reference, WhenOf(report, now), now)
            : new RefundDeclined(payment.Id, payment.OrderId, amount, payment.Currency, reference, WhenOf(report, now), now);
        return payment switch
        {
            _ when payment.Returns.Contains(new NamedAmount(reference, amount)) => Decision.Nothing,
            _ when payment.Refunds.Contains(amount) =>
                succeeded || payment.State != PaymentState.RefundFailed ? Decision.Announce(outcome) : Decision.Nothing,
            // The provider was faster than the message that opens the refund.
            _ when Array.Exists(early, opened => opened.Amount == amount) => Decision.Accept([.. early, outcome]).Sending(outcome),
            { RefundsOpened: 0 } => Unmatched(webhookId, report, amount == payment.Due ? "noRefund" : "otherAmount", now),
            // What moved no money, and what was settled before under another name.
            _ when !succeeded || (amount == payment.Paid && payment.State == PaymentState.Refunded) => Decision.Nothing,
            _ => Unmatched(webhookId, report, "otherAmount", now),
        };
    }

    private static Decision Rejected(string webhookId, ProviderReport report, string reason, DateTimeOffset now) => Decision.Accept(new ReportRejected(
        webhookId, report.Type, report.PaymentId, report.Amount, report.Currency, report.Reference, report.OccurredAt?.ToMicroseconds(), reason, now));

    private static Decision Unmatched(string webhookId, ProviderReport report, string reason, DateTimeOffset now) => Decision.Accept(new MoneyUnmatched(
        webhookId, report.Type!, report.PaymentId!, report.Amount!.Value, report.Currency!, report.Reference, report.OccurredAt?.ToMicroseconds(), reason, now));

    /// <summary>Money without a name of its own has that of the report.</summary>
    private static string ReferenceOf(ProviderReport report, string webhookId) => report.Reference is { Length: > 0 } reference ? reference : webhookId;

    private static DateTimeOffset WhenOf(ProviderReport report, DateTimeOffset now) => report.OccurredAt?.ToMicroseconds() ?? now;
}
