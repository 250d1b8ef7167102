namespace Monolith.Contracts.Ordering;

/// <summary>The order will not be fulfilled.</summary>
/// <param name="Reason">The customer's words, or one of the platform's own reasons.</param>
public sealed record OrderCancelled(string OrderId, string Reason, DateTimeOffset CancelledAt);
