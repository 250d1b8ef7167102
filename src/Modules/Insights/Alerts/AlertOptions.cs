using Monolith.Kernel.Webhooks;

namespace Monolith.Insights.Alerts;

/// <summary>Settings under <c>Insights:Alerts</c>.</summary>
public sealed class AlertOptions
{
    public const string Section = "Insights:Alerts";

    /// <summary>Where alerts are posted to; nowhere when it is not set. They are logged in any case.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>What the posts are signed with, <c>whsec_</c> and base64.</summary>
    public string WebhookSecret { get; set; } = "";

    internal bool AreGood => WebhookUrl is null || (WebhookUrl.Scheme is "http" or "https" && WebhookSignature.IsSecret(WebhookSecret));
}
