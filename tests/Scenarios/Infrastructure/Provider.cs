using System.Text.Json;
using Monolith.Kernel.Webhooks;

namespace Monolith.Scenarios.Infrastructure;

/// <summary>The payment provider: sends signed reports.</summary>
public static class Provider
{
    public static readonly string Secret = SecretOf(1);

    /// <summary>A second secret of the same provider, as while it changes its key.</summary>
    public static readonly string NextSecret = SecretOf(2);

    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Payments:Webhook:Secrets:0"] = Secret,
        ["Payments:Webhook:Secrets:1"] = NextSecret,
    };

    public static string SecretOf(byte key) => "whsec_" + Convert.ToBase64String([.. Enumerable.Repeat(key, 32)]);

    /// <summary>Reports what happened to the payment of an order, in the amount that is due, and waits for what follows.</summary>
    public static async Task Reports(this App app, string type, string orderId, string? id = null, string reference = "ch-1", decimal more = 0, string currency = "EUR")
    {
        var payment = await app.Send("GET", $"/v1/orders/{orderId}/payment").Json();
        await app.Reports(new
        {
            type,
            paymentId = payment["paymentId"]!.ToString(),
            amount = (decimal)payment["due"]! + more,
            currency,
            reference,
            occurredAt = app.Clock.GetUtcNow(),
        }, id);
    }

    public static async Task Reports(this App app, object report, string? id = null) =>
        await app.Settles(() => app.Webhook(JsonSerializer.Serialize(report), id ?? $"msg-{Guid.NewGuid():N}"));

    public static Task<IScenarioResult> Webhook(
        this App app, string body, string id, int expect = 202, TimeSpan age = default, string? secret = null, string? signature = null)
    {
        var timestamp = (app.Clock.GetUtcNow() - age).ToUnixTimeSeconds().ToString();
        return app.Host.Scenario(s =>
        {
            s.Post.Text(body).ToUrl("/v1/payments/webhook");
            s.WithRequestHeader("Content-Type", "application/json");
            s.WithRequestHeader("webhook-id", id);
            s.WithRequestHeader("webhook-timestamp", timestamp);
            s.WithRequestHeader(
                "webhook-signature", signature ?? WebhookSignature.Sign(secret ?? Secret, id, timestamp, System.Text.Encoding.UTF8.GetBytes(body)));
            s.StatusCodeShouldBe(expect);
        });
    }
}
