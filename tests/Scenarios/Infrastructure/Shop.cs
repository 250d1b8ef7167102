using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Wolverine;
using Wolverine.Tracking;

namespace Monolith.Scenarios.Infrastructure;

/// <summary>What customers, support and the warehouse do, in the words of the API.</summary>
public static class Shop
{
    public static async Task<IScenarioResult> Send(
        this App app, string method, string path, object? body = null, int? expect = 200, string? token = null, params (string Name, string Value)[] headers) =>
        await app.Host.Scenario(s =>
        {
            var (url, query) = path.Split('?', 2) is [var u, var q] ? (u, q) : (path, null);
            var request = (method, body) switch
            {
                ("GET", _) => s.Get.Url(url),
                ("DELETE", _) => s.Delete.Url(url),
                ("PUT", _) => s.Put.Json(body!).ToUrl(url),
                (_, string text) => s.Post.Text(text).ToUrl(url),
                _ => s.Post.Json(body ?? new { }).ToUrl(url),
            };
            foreach (var (key, value) in Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query))
            {
                request.QueryString(key, value.ToString());
            }

            foreach (var (name, value) in headers)
            {
                s.WithRequestHeader(name, value);
            }

            if (token is not null)
            {
                s.WithRequestHeader("Authorization", $"Bearer {token}");
            }

            if (expect is { } status)
            {
                s.StatusCodeShouldBe(status);
            }
            else
            {
                s.IgnoreStatusCode();
            }
        });

    /// <summary>
    /// As a client of a crowd does that is larger than the pool of connections: who is told to come again (503) comes again.
    /// </summary>
    public static async Task<IScenarioResult> Insists(
        this App app, string method, string path, object body, params (string Name, string Value)[] headers)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var answer = await app.Send(method, path, body, expect: null, headers: headers);
            if (answer.Context.Response.StatusCode != 503)
            {
                return answer;
            }

            answer.Header("Retry-After").ShouldNotBeEmpty();
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    public static async Task<JsonNode> Json(this Task<IScenarioResult> result) => JsonNode.Parse(await (await result).ReadAsTextAsync())!;

    public static string Header(this IScenarioResult result, string name) => result.Context.Response.Headers[name].ToString();

    /// <summary>A product with pieces of it in the warehouse.</summary>
    public static async Task<IScenarioResult> HasProduct(
        this App app, string sku, decimal unitPrice = 10m, string currency = "EUR", bool active = true, string category = "tea", string? name = null,
        int pieces = 10_000)
    {
        var product = new { name = name ?? $"Product {sku}", unitPrice, currency, weightKg = 0.25m, category, active };
        var created = await app.Send("PUT", $"/v1/products/{sku}", product, expect: 201);
        if (pieces > 0)
        {
            await app.Receives(sku, pieces);
        }

        return created;
    }

    public static Task<IScenarioResult> Receives(this App app, string sku, int quantity) =>
        app.Send("POST", $"/v1/stock/{sku}/receipts", new { quantity, reference = "note" });

    public static object OrderOf(string sku, int quantity = 1, string customerId = "anna") => new
    {
        customerId,
        lines = new[] { new { sku, quantity } },
        deliverTo = new { name = "Anna Adam", street = "Am Markt 1", city = "Jena", postalCode = "07743", country = "DE" },
        deliveryService = "standard",
    };

    /// <returns>The id of the new order, for which everything is done that follows by itself.</returns>
    public static async Task<string> HasOrder(this App app, string sku, int quantity = 1, string customerId = "anna")
    {
        var placed = await app.Settles(() => app.Send("POST", "/v1/orders", OrderOf(sku, quantity, customerId), expect: 201));
        return placed.Header("Location").Split('/')[^1];
    }

    public static async Task Pays(this App app, string orderId)
    {
        var order = await app.Order(orderId);
        await app.Settles(() => app.Send(
            "POST", $"/v1/orders/{orderId}/payments", new { amount = (decimal)order["payment"]!["due"]!, reference = "transfer" }, expect: 201));
    }

    /// <returns>The id of the shipment.</returns>
    public static async Task<string> Ships(this App app, string orderId)
    {
        var shipped = await app.Settles(() => app.Send(
            "POST", $"/v1/orders/{orderId}/shipment", new { carrier = "DHL", trackingNumber = "T-1" }, expect: 201));
        return shipped.Header("Location").Split('/')[^1];
    }

    public static Task<IScenarioResult> Delivers(this App app, string shipmentId) =>
        app.Settles(() => app.Send("POST", $"/v1/shipments/{shipmentId}/delivery", expect: (int)HttpStatusCode.OK));

    public static Task<IScenarioResult> Cancels(this App app, string orderId, string reason = "changed my mind") =>
        app.Settles(() => app.Send("POST", $"/v1/orders/{orderId}/cancellation", new { reason }));

    public static Task<JsonNode> Order(this App app, string orderId) => app.Send("GET", $"/v1/orders/{orderId}").Json();

    public static async Task<string> StatusOf(this App app, string orderId) => (await app.Order(orderId))["status"]!.ToString();

    /// <summary>Pieces of a product: in the warehouse, and kept for orders.</summary>
    public static async Task<(long OnHand, long Reserved)> StockOf(this App app, string sku)
    {
        var stock = await app.Send("GET", $"/v1/stock/{sku}").Json();
        return ((long)stock["onHand"]!, (long)stock["reserved"]!);
    }

    /// <summary>Does something and waits until all messages that follow from it are handled.</summary>
    public static async Task<IScenarioResult> Settles(this App app, Func<Task<IScenarioResult>> act)
    {
        IScenarioResult? result = null;
        await app.Settles(async _ => result = await act());
        return result!;
    }

    /// <summary>Gets a message from another module, and handles it and what follows from it.</summary>
    public static Task Hears(this App app, object message) => app.Settles(context => context.SendAsync(message).AsTask());

    private static async Task Settles(this App app, Func<IMessageContext, Task> act)
    {
        await app.Host.TrackActivity().Timeout(TimeSpan.FromSeconds(30)).DoNotAssertOnExceptionsDetected().ExecuteAndWaitAsync(act);
        await app.HasNothingToDo();
    }

    /// <summary>
    /// Waits until no message is left to be handled. One that is to be tried again later counts as handled to the tracking of
    /// Wolverine; in the inbox it does not. Deadlines and recurring messages, which nobody has tried yet, are not waited for.
    /// </summary>
    public static async Task HasNothingToDo(this App app)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await using var command = app.Host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            """
            select coalesce((select string_agg(message_type, ', ') from wolverine.wolverine_incoming_envelopes
                             where status = 'Incoming' or (status = 'Scheduled' and attempts > 0)), '')
                || coalesce((select string_agg(message_type, ', ') from wolverine.wolverine_outgoing_envelopes), '')
            """);
        for (var left = "?"; left.Length > 0;)
        {
            left = (string)(await command.ExecuteScalarAsync())!;
            patience.IsCancellationRequested.ShouldBeFalse($"It does not come to rest: {left}");
        }
    }

    public static async Task ShouldBeProblem(this Task<IScenarioResult> result, string slug)
    {
        var answer = await result;
        answer.Header("Content-Type").ShouldStartWith("application/problem+json");
        var problem = JsonNode.Parse(await answer.ReadAsTextAsync())!;
        problem["type"]!.ToString().ShouldBe($"/problems/{slug}");
        ((int)problem["status"]!).ShouldBe(answer.Context.Response.StatusCode);
        problem["traceId"]!.ToString().ShouldNotBeEmpty();
    }
}
