using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Monolith.Simulator;

/// <summary>The REST API as the simulator uses it. Every method throws <see cref="ShopException"/> for an answer that it does not expect.</summary>
internal sealed class Shop(Transport transport, Options options)
{
    private const int MostRevisions = 5;

    /// <summary>Makes a product what the seed says it is; an equal one is left alone.</summary>
    public async Task OfferAsync(Product product, CancellationToken cancellation)
    {
        var path = $"v1/products/{product.Sku}";
        for (var attempt = 1; attempt <= MostRevisions; attempt++)
        {
            var found = await GetAsync("read product", path, [HttpStatusCode.OK, HttpStatusCode.NotFound], cancellation);
            if (found.Status == HttpStatusCode.OK && Parse<ProductBody>("read product", found) == product.Body) return;

            var reply = await SendAsync("offer product", HttpMethod.Put, path, product.Body, message =>
            {
                if (found.ETag is { } etag) message.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(etag));
            }, [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionRequired], Now, cancellation);
            if (reply.Status is HttpStatusCode.Created or HttpStatusCode.OK) return;
        }

        throw new ShopException($"offer product: {product.Sku} is changed by somebody else all the time");
    }

    /// <summary>Goods arrive, once in a run for each <paramref name="part"/> of the product's pieces.</summary>
    public Task StockAsync(Product product, int part, CancellationToken cancellation) => PostAsync(
        "receive stock", $"v1/stock/{product.Sku}/receipts", new { quantity = product.Pieces, reference = options.Run },
        part == 1 ? $"stock-{product.Sku}" : $"stock-{product.Sku}-{part}", HttpStatusCode.OK, Now, cancellation);

    public async Task<StockView> ReadStockAsync(Product product, CancellationToken cancellation) =>
        Parse<StockView>("read stock", await GetAsync("read stock", $"v1/stock/{product.Sku}", [HttpStatusCode.OK], cancellation));

    /// <summary>Places an order that was meant to be placed at the timestamp <paramref name="intended"/>.</summary>
    public async Task<(string Id, long Sequence)> PlaceAsync(Story story, long intended, CancellationToken cancellation)
    {
        PlaceOrder body = new(
            story.Customer.Id, [.. story.Lines.Select(line => new PlaceOrderLine(line.Product.Sku, line.Quantity))],
            story.Customer.Home, story.DeliveryService);
        var reply = await PostAsync("place order", "v1/orders", body, $"{story.Number}-place", HttpStatusCode.Created, intended, cancellation);
        return (IdIn("place order", reply), reply.Sequence ?? throw new ShopException("place order: no Monolith-Sequence in the reply"));
    }

    public async Task<OrderView> ReadAsync(string orderId, CancellationToken cancellation) =>
        Parse<OrderView>("read order", await GetAsync("read order", $"v1/orders/{orderId}", [HttpStatusCode.OK], cancellation));

    /// <summary>Support records a bank transfer.</summary>
    public Task PayAsync(Story story, string orderId, decimal amount, CancellationToken cancellation) => PostAsync(
        "record payment", $"v1/orders/{orderId}/payments", new { amount, reference = $"{options.Run}/{story.Number}" },
        $"{story.Number}-pay", HttpStatusCode.Created, Now, cancellation);

    /// <summary>Returns the shipment's id.</summary>
    public async Task<string> ShipAsync(Story story, string orderId, CancellationToken cancellation) => IdIn("ship order", await PostAsync(
        "ship order", $"v1/orders/{orderId}/shipment", new { story.Carrier, story.TrackingNumber },
        $"{story.Number}-ship", HttpStatusCode.Created, Now, cancellation));

    public Task DeliverAsync(Story story, string shipmentId, CancellationToken cancellation) => PostAsync(
        "confirm delivery", $"v1/shipments/{shipmentId}/delivery", new { }, $"{story.Number}-deliver", HttpStatusCode.OK, Now, cancellation);

    public Task CancelAsync(Story story, string orderId, CancellationToken cancellation) => PostAsync(
        "cancel order", $"v1/orders/{orderId}/cancellation", new { reason = story.CancelReason },
        $"{story.Number}-cancel", HttpStatusCode.OK, Now, cancellation);

    /// <summary>A customer's newest orders, as of <paramref name="sequence"/> at least.</summary>
    public async Task<IReadOnlyList<OrderListItem>> ListAsync(string customerId, long sequence, CancellationToken cancellation) =>
        Parse<Page<OrderListItem>>("list orders", await GetAsync(
            "list orders", $"v1/orders?customerId={customerId}&limit=200&minSequence={sequence}", [HttpStatusCode.OK], cancellation)).Items;

    /// <summary>The daily totals, with everything in them that this run was told to be done.</summary>
    public async Task<IReadOnlyList<OrdersPerDay>> ReportAsync(DateOnly from, DateOnly to, CancellationToken cancellation) =>
        Parse<Page<OrdersPerDay>>("read report", await GetAsync(
            "read report", $"v1/reports/orders-per-day?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&limit=200&minSequence={transport.LastSequence}",
            [HttpStatusCode.OK], cancellation)).Items;

    private static long Now => Stopwatch.GetTimestamp();

    private Task<Reply> GetAsync(string operation, string path, HttpStatusCode[] expected, CancellationToken cancellation) =>
        transport.SendAsync(operation, Now, () => new HttpRequestMessage(HttpMethod.Get, path), expected, cancellation);

    private Task<Reply> PostAsync(
        string operation, string path, object body, string key, HttpStatusCode expected, long intended, CancellationToken cancellation) =>
        SendAsync(operation, HttpMethod.Post, path, body,
            message => message.Headers.Add("Idempotency-Key", options.KeyOf(key)), [expected], intended, cancellation);

    private Task<Reply> SendAsync(
        string operation, HttpMethod method, string path, object body, Action<HttpRequestMessage> prepare, HttpStatusCode[] expected,
        long intended, CancellationToken cancellation)
    {
        return transport.SendAsync(operation, intended, Message, expected, cancellation);

        HttpRequestMessage Message()
        {
            HttpRequestMessage message = new(method, path) { Content = JsonContent.Create(body, body.GetType(), options: Contract.Json) };
            prepare(message);
            return message;
        }
    }

    private static string IdIn(string operation, Reply reply) => reply.Location?.Split('/')[^1] is { Length: > 0 } id
        ? id
        : throw new ShopException($"{operation}: no Location in the reply");

    private static T Parse<T>(string operation, Reply reply)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(reply.Body, Contract.Json) ?? throw new ShopException($"{operation}: an empty reply");
        }
        catch (JsonException exception)
        {
            throw new ShopException($"{operation}: not as the contract says: {exception.Message}");
        }
    }
}
