namespace Monolith.Contracts.Payments;

/// <summary>The money side of an order, in the words of the API.</summary>
public enum PaymentStatus
{
    /// <summary>Nothing is to be paid: not yet, or not any more.</summary>
    None,

    Pending,
    Received,

    /// <summary>An attempt failed; another one may succeed.</summary>
    Failed,

    RefundPending,
    Refunded,

    /// <summary>The provider could not give the money back; it may still succeed.</summary>
    RefundFailed,
}
