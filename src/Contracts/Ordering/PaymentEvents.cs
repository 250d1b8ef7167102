namespace Monolith.Contracts.Ordering;

/// <summary>The order waits for this payment, which can be made.</summary>
public sealed record PaymentRequested(string OrderId, string PaymentId, decimal Due, string Currency, DateTimeOffset RequestedAt);

/// <summary>The order's payment arrived, in full.</summary>
/// <param name="Reference">What the payer or the bank named it.</param>
public sealed record PaymentReceived(
    string OrderId, string PaymentId, decimal Amount, string Currency, string Reference, DateTimeOffset ReceivedAt);

/// <summary>An attempt to pay failed. The order still waits, until the payment's deadline.</summary>
public sealed record PaymentFailed(string OrderId, string PaymentId, string Reference, DateTimeOffset FailedAt);

/// <summary>The customer is to get money back. The provider's answer is an event of its own.</summary>
public sealed record RefundRequested(
    string OrderId, string PaymentId, decimal Amount, string Currency, string Reason, DateTimeOffset RequestedAt);

/// <summary>The customer has the money back.</summary>
public sealed record RefundConfirmed(
    string OrderId, string PaymentId, decimal Amount, string Currency, string Reference, DateTimeOffset ConfirmedAt);

/// <summary>The provider could not give the money back. It may still succeed.</summary>
public sealed record RefundFailed(
    string OrderId, string PaymentId, decimal Amount, string Currency, string Reference, DateTimeOffset FailedAt);
