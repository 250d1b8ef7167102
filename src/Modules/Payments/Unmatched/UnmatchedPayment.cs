using Monolith.Contracts.Payments;
using Monolith.Kernel.Folding;

namespace Monolith.Payments.Unmatched;

/// <summary>Something that the provider reported and nothing fits, for support to look at.</summary>
/// <param name="Id">The key of its stream, see <see cref="StreamOf"/>.</param>
public sealed record UnmatchedPayment(
    string Id, string WebhookId, string? Type, string? PaymentId, decimal? Amount, string? Currency, string? Reference,
    DateTimeOffset? OccurredAt, string Reason, DateTimeOffset ReportedAt, long EventsFolded) : IFolded<UnmatchedPayment>
{
    public static string StreamOf(string webhookId) => $"webhook-{webhookId}";

    public static UnmatchedPayment? Fold(UnmatchedPayment? state, object e) => e is ReportUnmatched r
        ? new UnmatchedPayment(
            StreamOf(r.WebhookId), r.WebhookId, r.Type, r.PaymentId, r.Amount, r.Currency, r.Reference, r.OccurredAt, r.Reason, r.ReportedAt,
            EventsFolded: 1)
        : state;
}

/// <summary>Keeps the list of what fits nothing, asynchronously.</summary>
public sealed class UnmatchedPaymentProjection() : FoldProjection<UnmatchedPayment>(ProjectionName, [typeof(ReportUnmatched)])
{
    public const string ProjectionName = "UnmatchedPayments";
}
