using System.Net;
using System.Text.Json.Nodes;

namespace Monolith.Scenarios.Infrastructure;

/// <summary>What customers, support and the warehouse do, in the words of the API.</summary>
public static class Shop
{
    public static async Task<IScenarioResult> Send(
        this App app, string method, string path, object? body = null, int expect = 200, string? token = null, params (string Name, string Value)[] headers) =>
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

            s.StatusCodeShouldBe(expect);
        });

    public static async Task<JsonNode> Json(this Task<IScenarioResult> result) => JsonNode.Parse(await (await result).ReadAsTextAsync())!;

    public static string Header(this IScenarioResult result, string name) => result.Context.Response.Headers[name].ToString();

    public static Task<IScenarioResult> HasProduct(
        this App app, string sku, decimal unitPrice = 10m, string currency = "EUR", bool active = true, string category = "tea", string? name = null) =>
        app.Send("PUT", $"/v1/products/{sku}", new { name = name ?? $"Product {sku}", unitPrice, currency, weightKg = 0.25m, category, active }, expect: 201);

    public static object OrderOf(string sku, int quantity = 1, string customerId = "anna") => new
    {
        customerId,
        lines = new[] { new { sku, quantity } },
        deliverTo = new { name = "Anna Adam", street = "Am Markt 1", city = "Jena", postalCode = "07743", country = "DE" },
        deliveryService = "standard",
    };

    /// <returns>The id of the new order.</returns>
    public static async Task<string> HasOrder(this App app, string sku, int quantity = 1, string customerId = "anna")
    {
        var placed = await app.Send("POST", "/v1/orders", OrderOf(sku, quantity, customerId), expect: 201);
        return placed.Header("Location").Split('/')[^1];
    }

    public static async Task Pays(this App app, string orderId)
    {
        var order = await app.Send("GET", $"/v1/orders/{orderId}").Json();
        await app.Send("POST", $"/v1/orders/{orderId}/payments", new { amount = (decimal)order["payment"]!["due"]!, reference = "transfer" }, expect: 201);
    }

    /// <returns>The id of the shipment.</returns>
    public static async Task<string> Ships(this App app, string orderId)
    {
        var shipped = await app.Send("POST", $"/v1/orders/{orderId}/shipment", new { carrier = "DHL", trackingNumber = "T-1" }, expect: 201);
        return shipped.Header("Location").Split('/')[^1];
    }

    public static Task<IScenarioResult> Delivers(this App app, string shipmentId) =>
        app.Send("POST", $"/v1/shipments/{shipmentId}/delivery", expect: (int)HttpStatusCode.OK);

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
