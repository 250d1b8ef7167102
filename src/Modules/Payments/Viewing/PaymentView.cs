using System.Security.Claims;
using Monolith.Contracts.Payments;
using Monolith.Kernel.Access;

namespace Monolith.Payments.Viewing;

/// <summary>The payment of an order, as the API shows it.</summary>
/// <param name="DueAt">An open payment that nobody has made by then cancels its order.</param>
public sealed record PaymentView(
    string PaymentId, string OrderId, PaymentStatus Status, decimal Due, decimal Paid, decimal Refunded, string Currency, string? Reference,
    DateTimeOffset DueAt, long Version)
{
    public static string PathOf(Payment payment) => $"/v1/payments/{payment.Id}";

    /// <param name="reader">Decides whether the reference is shown: people write their names into those of transfers.</param>
    public static PaymentView Of(Payment payment, ClaimsPrincipal reader) => new(
        payment.Id, payment.OrderId, StatusOf(payment.State), payment.Due, payment.Paid, payment.Refunded, payment.Currency,
        payment.Reference is null || reader.MaySeePersonalData() ? payment.Reference : Mask.Text, payment.DueAt, payment.EventsFolded);

    /// <summary>A payment that was closed without money is none any more.</summary>
    private static PaymentStatus StatusOf(PaymentState state) => state switch
    {
        PaymentState.Pending => PaymentStatus.Pending,
        PaymentState.Failed => PaymentStatus.Failed,
        PaymentState.Received => PaymentStatus.Received,
        PaymentState.RefundPending => PaymentStatus.RefundPending,
        PaymentState.Refunded => PaymentStatus.Refunded,
        PaymentState.RefundFailed => PaymentStatus.RefundFailed,
        _ => PaymentStatus.None,
    };
}
