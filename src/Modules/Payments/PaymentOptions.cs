namespace Monolith.Payments;

/// <summary>Settings under <c>Payments</c>.</summary>
public sealed class PaymentOptions
{
    public const string Section = "Payments";

    /// <summary>How long a customer has to pay, from the moment that the payment is possible.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromHours(24);

    public WebhookOptions Webhook { get; set; } = new();
}

public sealed class WebhookOptions
{
    /// <summary>
    /// The secrets of the provider's signatures, <c>whsec_</c> and base64. A signature by any of them is good, so that a new one can be
    /// added before the old one goes.
    /// </summary>
    public IReadOnlyList<string> Secrets { get; set; } = [];
}
