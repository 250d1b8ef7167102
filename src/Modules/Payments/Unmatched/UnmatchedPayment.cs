using Monolith.Contracts.Payments;
using Monolith.Kernel.Folding;

namespace Monolith.Payments.Unmatched;

/// <summary>Something that the provider reported and nothing fits, for support to look at.</summary>
/// <param name="Id">The key of its stream, see <see cref="StreamOf"/>.</param>
public sealed record UnmatchedPayment(
    string Id, string WebhookId, string? Type, string? PaymentId, decimal? Amount, string? Currency, string? Reference,
    DateTimeOffset? OccurredAt, string Reason, DateTimeOffset ReportedAt, long EventsFolded) : IFolded<UnmatchedPayment>
{
    /// <summary>The events of such a report and their stored names, which are for ever. The last one stands for both others in old streams.</summary>
    public static IReadOnlyDictionary<Type, string> Events { get; } = new Dictionary<Type, string>
    {
        [typeof(ReportRejected)] = "payments.ReportRejected",
        [typeof(MoneyUnmatched)] = "payments.MoneyUnmatched",
        [typeof(ReportUnmatched)] = "payments.ReportUnmatched",
    };

    public static string StreamOf(string webhookId) => $"webhook-{webhookId}";

    public static UnmatchedPayment? Fold(UnmatchedPayment? state, object e) => e switch
    {
        ReportRejected r => Of(r.WebhookId, r.Type, r.PaymentId, r.Amount, r.Currency, r.Reference, r.OccurredAt, r.Reason, r.ReportedAt),
        MoneyUnmatched m => Of(m.WebhookId, m.Type, m.PaymentId, m.Amount, m.Currency, m.Reference, m.OccurredAt, m.Reason, m.ReportedAt),
        ReportUnmatched r => Of(r.WebhookId, r.Type, r.PaymentId, r.Amount, r.Currency, r.Reference, r.OccurredAt, r.Reason, r.ReportedAt),
        _ => state,
    };

    private static UnmatchedPayment Of(
        string webhookId, string? type, string? paymentId, decimal? amount, string? currency, string? reference, DateTimeOffset? occurredAt,
        string reason, DateTimeOffset reportedAt) =>
        new(StreamOf(webhookId), webhookId, type, paymentId, amount, currency, reference, occurredAt, reason, reportedAt, EventsFolded: 1);
}

/// <summary>Keeps the list of what fits nothing, asynchronously.</summary>
public sealed class UnmatchedPaymentProjection() : FoldProjection<UnmatchedPayment>(ProjectionName, UnmatchedPayment.Events.Keys)
{
    public const string ProjectionName = "UnmatchedPayments";
}
