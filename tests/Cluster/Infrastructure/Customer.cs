using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monolith.Kernel.Webhooks;

namespace Monolith.Cluster.Infrastructure;

/// <summary>What customers, the provider and the warehouse do with one order, over nodes that may die at any moment.</summary>
/// <param name="started">When the node started that serves them, as a timestamp.</param>
internal sealed class Customer(HttpClient http, string name, Func<long>? started = null)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public Customer(Node node, string name)
        : this(node.Http, name, () => node.Started)
    {
    }

    /// <summary>The longest time that an order which was under way at a restart took to move on after it.</summary>
    public TimeSpan LongestAfterRestart { get; private set; }

    public static object OrderOf(string customer, string sku) => new
    {
        customerId = customer,
        lines = new[] { new { sku, quantity = 1 } },
        deliverTo = new { name = "A", street = "S", city = "C", postalCode = "P", country = "DE" },
        deliveryService = "standard",
    };

    public async Task<string> Places(string sku)
    {
        using var answer = await Orders(sku);
        return answer.Headers.Location!.ToString();
    }

    public async Task<HttpResponseMessage> Orders(string sku)
    {
        var answer = await Post("/v1/orders", $"{name}-place", OrderOf(name, sku));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return answer;
    }

    /// <summary>The provider sends its report until it has an answer.</summary>
    public async Task Reports(string order, string type)
    {
        var payment = await Get($"{order}/payment");
        var body = JsonSerializer.Serialize(new
        {
            type,
            paymentId = payment["paymentId"]!.ToString(),
            amount = (decimal)payment["due"]!,
            currency = "EUR",
            reference = $"{name}-{type}",
        });
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/payments/webhook", UriKind.Relative)) { Content = new StringContent(body) };
        request.Headers.Add("webhook-id", $"{name}-{type}");
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(Node.WebhookSecret, $"{name}-{type}", timestamp, Encoding.UTF8.GetBytes(body)));
        using var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    public async Task<string> Ships(string order)
    {
        using var answer = await Post($"{order}/shipment", $"{name}-ship", new { carrier = "DHL", trackingNumber = name });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return answer.Headers.Location!.ToString();
    }

    public async Task Delivers(string shipment)
    {
        using var answer = await Post($"{shipment}/delivery", $"{name}-deliver", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public async Task Cancels(string order)
    {
        using var answer = await Post($"{order}/cancellation", $"{name}-cancel", new { reason = "changed my mind" });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Waits until the order is as it should be.</summary>
    public async Task<JsonNode> Sees(string order, Predicate<JsonNode> expected)
    {
        var since = Stopwatch.GetTimestamp();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var timer = new PeriodicTimer(Interval);
        while (true)
        {
            var view = await Get(order);
            if (expected(view))
            {
                var wait = started?.Invoke() is { } start && start > since ? Stopwatch.GetElapsedTime(start) : TimeSpan.Zero;
                LongestAfterRestart = wait > LongestAfterRestart ? wait : LongestAfterRestart;
                return view;
            }

            patience.IsCancellationRequested.ShouldBeFalse($"{name} waits in vain: {view}");
            await timer.WaitForNextTickAsync();
        }
    }

    public async Task<JsonNode> Get(string path) => JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    public async Task<HttpResponseMessage> Post(string path, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request);
    }
}
