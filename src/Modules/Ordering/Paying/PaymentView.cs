using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Problems;

namespace Monolith.Ordering.Paying;

/// <summary>The payment of an order, as the API shows it.</summary>
public sealed record PaymentView(
    string PaymentId, string OrderId, PaymentStatus Status, decimal Due, decimal Paid, decimal Refunded, string Currency, string? Reference, long Version)
{
    public static ProblemDetails Unknown => ProblemTypes.NotFound.With("There is no such payment.");

    public static string PathOf(Order order) => $"/v1/payments/{order.Payment.PaymentId}";

    /// <returns>Null before a payment was requested.</returns>
    public static PaymentView? Of(Order order) => order.Payment is { PaymentId: { } id } p
        ? new(id, order.Id, p.Status, p.Due, p.Paid, p.Refunded, order.Currency, p.Reference, order.EventsFolded)
        : null;
}
