namespace Monolith.Contracts.Ordering;

/// <summary>The order waits for this payment.</summary>
public sealed record PaymentRequested(string OrderId, string PaymentId, decimal Due, string Currency, DateTimeOffset RequestedAt);

/// <summary>The order's payment arrived, in full.</summary>
/// <param name="Reference">What the payer or the bank named it.</param>
public sealed record PaymentReceived(
    string OrderId, string PaymentId, decimal Amount, string Currency, string Reference, DateTimeOffset ReceivedAt);

/// <summary>The customer is to get money back. The provider's answer is an event of its own.</summary>
public sealed record RefundRequested(
    string OrderId, string PaymentId, decimal Amount, string Currency, string Reason, DateTimeOffset RequestedAt);
