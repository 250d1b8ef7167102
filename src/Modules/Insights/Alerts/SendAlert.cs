using System.Globalization;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monolith.Contracts.Insights;
using Monolith.Insights.Feed;
using Monolith.Kernel.Webhooks;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;

namespace Monolith.Insights.Alerts;

/// <summary>An alert was raised, or cleared: tell those who want to know.</summary>
public sealed record SendAlert(string AlertId, bool IsRaised);

public static class SendAlertHandler
{
    public const string HttpClient = "alerts";

    /// <summary>For about a day; then it is set aside, and an operator may replay it.</summary>
    public static void Configure(HandlerChain chain) => chain.OnException<HttpRequestException>().Or<TaskCanceledException>().ScheduleRetry(
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(18));

    /// <summary>
    /// Logs it and posts it. When the process dies after the post and before that is recorded, it is posted again under the same id, by which the receiver knows
    /// it (Standard Webhooks).
    /// </summary>
    /// <exception cref="HttpRequestException">The receiver did not take it.</exception>
    public static async Task Handle(
        SendAlert message, IDocumentStore store, PublicEvents events, IHttpClientFactory clients, IOptions<AlertOptions> options,
        IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, TimeProvider time, Envelope envelope, ILogger<SendAlert> log, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var stream = await session.Events.FetchStreamAsync(Alert.StreamOf(message.AlertId), token: cancellation);
        var fact = events.Show(stream.First(e => message.IsRaised ? e.Data is AlertRaised : e.Data is AlertCleared));
        // Whether the receiver is there or not.
        if (envelope.Attempts <= 1)
        {
            log.Log(message.IsRaised ? LogLevel.Warning : LogLevel.Information, "{Type} {Alert}", fact.Type, message.AlertId);
        }

        if (options.Value.WebhookUrl is { } url)
        {
            await Post(fact, url, options.Value.WebhookSecret, clients, json.Value.SerializerOptions, time, cancellation);
        }
    }

    private static async Task Post(
        CloudEvent fact, Uri url, string secret, IHttpClientFactory clients, JsonSerializerOptions json, TimeProvider time, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(fact, json);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/cloudevents+json");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.Add("webhook-id", fact.Id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(secret, fact.Id, timestamp, body));

        using var client = clients.CreateClient(HttpClient);
        using var answer = await client.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
