namespace Monolith.Contracts.Payments;

/// <summary>The payment of an order can be made until it is due.</summary>
public sealed record PaymentOpened(
    string PaymentId, string OrderId, string CustomerId, decimal Due, string Currency, DateTimeOffset DueAt, DateTimeOffset OpenedAt);

/// <summary>The money came in, in full. It may come after the payment was closed; then somebody has to give it back.</summary>
/// <param name="Reference">What the provider or the bank named it.</param>
/// <param name="Source"><c>provider</c>, or <c>support</c> for a bank transfer that a person recorded.</param>
/// <param name="OccurredAt">When the money moved, as the provider says.</param>
/// <param name="SettledAt">When it was known here.</param>
public sealed record PaymentSettled(
    string PaymentId, string OrderId, decimal Amount, string Currency, string Reference, string Source, DateTimeOffset OccurredAt, DateTimeOffset SettledAt);

/// <summary>An attempt to pay failed. Another one may succeed.</summary>
public sealed record PaymentDeclined(
    string PaymentId, string OrderId, string Reference, DateTimeOffset OccurredAt, DateTimeOffset DeclinedAt);

/// <summary>Nobody paid in time.</summary>
public sealed record PaymentExpired(string PaymentId, string OrderId, DateTimeOffset DueAt, DateTimeOffset ExpiredAt);

/// <summary>The order does not want to be paid any more.</summary>
public sealed record PaymentCancelled(string PaymentId, string OrderId, DateTimeOffset CancelledAt);

/// <summary>The order costs something else than before: the payment is of another amount, or what is missing can be paid.</summary>
/// <param name="Due">What is to be paid in all.</param>
/// <param name="Amendment">1, 2, …</param>
public sealed record PaymentAmended(
    string PaymentId, string OrderId, decimal PreviousDue, decimal Due, string Currency, int Amendment, DateTimeOffset AmendedAt);

/// <summary>The money is on its way back to the customer; the provider will say whether it arrived.</summary>
public sealed record RefundOpened(string PaymentId, string OrderId, decimal Amount, string Currency, DateTimeOffset OpenedAt);

/// <summary>The customer has the money back.</summary>
public sealed record RefundSettled(
    string PaymentId, string OrderId, decimal Amount, string Currency, string Reference, DateTimeOffset OccurredAt, DateTimeOffset SettledAt);

/// <summary>The provider could not give the money back. It may still succeed.</summary>
public sealed record RefundDeclined(
    string PaymentId, string OrderId, decimal Amount, string Currency, string Reference, DateTimeOffset OccurredAt, DateTimeOffset DeclinedAt);

/// <summary>
/// The provider reported something that cannot be understood: engineers have to look at it. Members that it did not send, or that cannot be
/// read, are null.
/// </summary>
/// <param name="WebhookId">The provider's id of the report.</param>
/// <param name="Reason"><c>unreadable</c> or <c>unknownType</c>.</param>
public sealed record ReportRejected(
    string WebhookId, string? Type, string? PaymentId, decimal? Amount, string? Currency, string? Reference, DateTimeOffset? OccurredAt,
    string Reason, DateTimeOffset ReportedAt);

/// <summary>The provider reported money that fits no payment: support has to look at it.</summary>
/// <param name="WebhookId">The provider's id of the report.</param>
/// <param name="Reason">Why nothing fits: <c>unknownPayment</c>, <c>otherAmount</c>, <c>paidAlready</c>, <c>noRefund</c>.</param>
public sealed record MoneyUnmatched(
    string WebhookId, string Type, string PaymentId, decimal Amount, string Currency, string? Reference, DateTimeOffset? OccurredAt,
    string Reason, DateTimeOffset ReportedAt);

/// <summary>
/// What is <see cref="ReportRejected"/> or <see cref="MoneyUnmatched"/> today. It is read for ever, and written no more. Members that it did not send, or that cannot be read, are null.</summary>
/// <param name="WebhookId">The provider's id of the report.</param>
/// <param name="Reason">Why nothing fits: <c>unreadable</c>, <c>unknownType</c>, <c>unknownPayment</c>, <c>otherAmount</c>, <c>paidAlready</c>, <c>noRefund</c>.</param>
public sealed record ReportUnmatched(
    string WebhookId, string? Type, string? PaymentId, decimal? Amount, string? Currency, string? Reference, DateTimeOffset? OccurredAt,
    string Reason, DateTimeOffset ReportedAt);
