using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Monolith.Simulator;

/// <summary>The payment provider: reports by signed webhook what became of the money.</summary>
internal sealed class Provider(Transport transport, Options options)
{
    private static readonly HttpStatusCode[] Accepted = [HttpStatusCode.Accepted];

    public Task FailPaymentAsync(Story story, OrderView view, CancellationToken cancellation) =>
        ReportAsync(story, view, "payment.failed", "pay-failed", "failed", cancellation);

    public Task PayAsync(Story story, OrderView view, CancellationToken cancellation) =>
        ReportAsync(story, view, "payment.succeeded", "pay", "paid", cancellation);

    /// <summary>The same money under another webhook-id.</summary>
    public Task PayAgainAsync(Story story, OrderView view, CancellationToken cancellation) =>
        ReportAsync(story, view, "payment.succeeded", "pay-again", "paid", cancellation);

    public Task FailRefundAsync(Story story, OrderView view, CancellationToken cancellation) =>
        ReportAsync(story, view, "refund.failed", "refund-failed", "refund-failed", cancellation);

    public Task RefundAsync(Story story, OrderView view, CancellationToken cancellation) =>
        ReportAsync(story, view, "refund.succeeded", "refund", "refunded", cancellation);

    private Task<Reply> ReportAsync(Story story, OrderView view, string type, string step, string money, CancellationToken cancellation)
    {
        var paymentId = view.Payment.PaymentId ?? throw new ShopException($"order {view.Id} is {Expectation.Text(view)} without a payment id");
        var id = options.KeyOf($"{story.Number}-{step}");
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ProviderReport(
                type, paymentId, view.Payment.Due, view.Currency, $"{options.Run}/{story.Number}/{money}", TimeProvider.System.GetUtcNow()),
            Contract.Json);
        return transport.SendAsync($"report {type}", Stopwatch.GetTimestamp(), Message, Accepted, cancellation);

        // A repetition is as old as its signature, and an old one is refused: each is signed anew.
        HttpRequestMessage Message()
        {
            var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            ByteArrayContent content = new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            return new HttpRequestMessage(HttpMethod.Post, "v1/payments/webhook")
            {
                Content = content,
                Headers =
                {
                    { "webhook-id", id },
                    { "webhook-timestamp", timestamp },
                    { "webhook-signature", WebhookSecret.Sign(options.WebhookSecret, id, timestamp, body) },
                },
            };
        }
    }
}
