using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monolith.Payments.Reporting;

/// <summary>What the payment provider reports, as it sends it. It sends a report again until it has an answer, in any order.</summary>
/// <param name="Reference">The provider's name of the money that moved.</param>
/// <param name="OccurredAt">When that was.</param>
public sealed record ProviderReport(
    string? Type, string? PaymentId, decimal? Amount, string? Currency, string? Reference, DateTimeOffset? OccurredAt)
{
    public const string PaymentSucceeded = "payment.succeeded";
    public const string PaymentFailed = "payment.failed";
    public const string RefundSucceeded = "refund.succeeded";
    public const string RefundFailed = "refund.failed";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.Strict };

    /// <summary>Everything is there that a report needs.</summary>
    public bool IsComplete => Type is not null && PaymentId is not null && Amount is not null && Currency is not null;

    public bool IsOfRefund => Type is RefundSucceeded or RefundFailed;

    /// <returns>An empty report when the body cannot be read.</returns>
    public static ProviderReport Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<ProviderReport>(body, Json) is { } report && !report.HasNul ? report : Empty;
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    private static ProviderReport Empty => new(Type: null, PaymentId: null, Amount: null, Currency: null, Reference: null, OccurredAt: null);

    /// <summary>The database keeps no text with the NUL character.</summary>
    private bool HasNul => new[] { Type, PaymentId, Currency, Reference }.Any(text => text?.Contains('\0', StringComparison.Ordinal) == true);
}
