namespace Monolith.Contracts.Payments;

/// <summary>Let the order be paid. Answered with <see cref="PaymentOpened"/>.</summary>
public sealed record OpenPayment(string OrderId, string PaymentId, string CustomerId, decimal Due, string Currency);

/// <summary>The order is not to be paid any more. Money that comes in all the same is reported with <see cref="PaymentSettled"/>.</summary>
public sealed record CancelPayment(string OrderId, string PaymentId);

/// <summary>Give the money back. Answered with <see cref="RefundSettled"/> or <see cref="RefundDeclined"/> when the provider has said so.</summary>
public sealed record RefundPayment(string OrderId, string PaymentId);
