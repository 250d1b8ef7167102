namespace Monolith.Contracts.Payments;

/// <summary>Let the order be paid. Answered with <see cref="PaymentOpened"/>.</summary>
public sealed record OpenPayment(string OrderId, string PaymentId, string CustomerId, decimal Due, string Currency);

/// <summary>The order is not to be paid any more. Money that comes in all the same is reported with <see cref="PaymentSettled"/>.</summary>
public sealed record CancelPayment(string OrderId, string PaymentId);

/// <summary>
/// The order costs something else than before. An open payment becomes one of the new amount; one that was made is opened again for
/// what is missing. Money that is too much is another message, <see cref="RefundPayment"/>.
/// </summary>
/// <param name="Due">What is to be paid in all.</param>
/// <param name="Amendment">1, 2, … A message that comes after a later one does nothing.</param>
public sealed record AmendPayment(string OrderId, string PaymentId, decimal Due, int Amendment);

/// <summary>Give money back. Answered with <see cref="RefundSettled"/> or <see cref="RefundDeclined"/> when the provider has said so.</summary>
/// <param name="Asked">
/// Every refund of this payment that was ever asked for, oldest first, so that messages may come twice and in another order; missing, it is one
/// of everything that came in.
/// </param>
public sealed record RefundPayment(string OrderId, string PaymentId, IReadOnlyList<decimal>? Asked = null);
