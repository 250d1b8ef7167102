using System.Text.Json.Serialization;

namespace Monolith.Contracts.Ordering;

/// <summary>The order will not be fulfilled.</summary>
/// <param name="Words">What the customer said; null where the platform cancelled it.</param>
public sealed record OrderCancelled(string OrderId, CancellationCause Cause, string? Words, DateTimeOffset CancelledAt)
{
    /// <summary>The customer's words, or the name of the cause.</summary>
    [JsonIgnore]
    public string Reason => Words ?? Cause switch
    {
        CancellationCause.OutOfStock => "outOfStock",
        CancellationCause.PaymentOverdue => "paymentOverdue",
        _ => "customer",
    };
}

/// <summary>Why an order was cancelled. The stored names are explicit, as those of the events are.</summary>
public enum CancellationCause
{
    /// <summary>Somebody wanted it.</summary>
    [JsonStringEnumMemberName("customer")]
    Customer,

    /// <summary>Its goods were not there.</summary>
    [JsonStringEnumMemberName("outOfStock")]
    OutOfStock,

    /// <summary>Nobody paid in time.</summary>
    [JsonStringEnumMemberName("paymentOverdue")]
    PaymentOverdue,
}
