using System.Text.Json;

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

    /// <summary>Everything is there that a report needs.</summary>
    public bool IsComplete => Type is not null && PaymentId is not null && Amount is not null && Currency is not null;

    public bool IsOfRefund => Type is RefundSucceeded or RefundFailed;

    /// <summary>Reads what can be read: a member that is not as it should be is missing, and the others say at least something.</summary>
    public static ProviderReport Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var members = json.RootElement.ValueKind == JsonValueKind.Object
                ? json.RootElement.EnumerateObject().DistinctBy(m => m.Name).ToDictionary(m => m.Name, m => m.Value)
                : [];
            return new ProviderReport(
                Text(members, "type"), Text(members, "paymentId"),
                members.TryGetValue("amount", out var amount) && amount.ValueKind == JsonValueKind.Number && amount.TryGetDecimal(out var number) ? number : null,
                Text(members, "currency"), Text(members, "reference"),
                members.TryGetValue("occurredAt", out var time) && time.ValueKind == JsonValueKind.String && time.TryGetDateTimeOffset(out var at) ? at : null);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return new ProviderReport(Type: null, PaymentId: null, Amount: null, Currency: null, Reference: null, OccurredAt: null);
        }
    }

    /// <summary>The database keeps no text with the NUL character.</summary>
    private static string? Text(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!.Replace("\0", string.Empty, StringComparison.Ordinal)
            : null;
}
