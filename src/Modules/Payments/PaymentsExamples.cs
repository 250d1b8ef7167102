using System.Security.Claims;
using Monolith.Contracts.Payments;
using Monolith.Kernel.Access;
using Monolith.Kernel.Folding;
using Monolith.Payments.Opening;
using Monolith.Payments.Reporting;
using Monolith.Payments.Settling;
using Monolith.Payments.Unmatched;
using Monolith.Payments.Viewing;

namespace Monolith.Payments;

/// <summary>The payment of one order, and a report that fits nothing, for the API document.</summary>
internal static class PaymentsExamples
{
    private static readonly DateTimeOffset Start = new(2025, 3, 1, 9, 30, 0, TimeSpan.Zero);

    private static readonly ClaimsPrincipal Support = new(new ClaimsIdentity([new Claim(ClaimTypes.Role, Role.Support)]));

    private static readonly RecordPayment Transfer = new(29.40m, "Order 7a01");

    private static readonly OpenPayment Opening = new(
        "0195510a-89c0-7c11-a5d4-3f1f6e0b7a01", "0195510a-89c0-7c11-a5d4-3f1f6e0b7a02", "anna", 29.40m, "EUR");

    private static readonly ProviderReport Stray = new(
        ProviderReport.PaymentSucceeded, Opening.PaymentId, 24.90m, "EUR", "ch_4711", Start.AddHours(3));

    public static IEnumerable<object> All
    {
        get
        {
            var open = Folded.From<Payment>(OpenPaymentHandler.Decide(known: null, Opening, TimeSpan.FromHours(24), Start).Events)!;
            var paid = Folded.After(open, RecordPayment.Decide(open, Transfer, Start.AddHours(2)).Events)!;
            var unmatched = Judgement.Decide(open, "msg_2Lw8", Stray, refundsAsked: [], Start.AddHours(3)).Events;
            return
            [
                Transfer, Stray with { Amount = 29.40m }, PaymentView.Of(paid, Support), new WebhookAnswer(Accepted: true),
                UnmatchedPaymentView.Of(Folded.From<UnmatchedPayment>(unmatched)!),
            ];
        }
    }
}
