namespace Monolith.Scenarios.Ordering;

public sealed class PlacingOrders(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Unknown_and_inactive_products_cannot_be_ordered()
    {
        await app.HasProduct("PL-OFF", active: false);
        await app.Send("POST", "/v1/orders", Shop.OrderOf("PL-OFF"), expect: 422).ShouldBeProblem("rule-violated");
        await app.Send("POST", "/v1/orders", Shop.OrderOf("PL-NONE"), expect: 422).ShouldBeProblem("rule-violated");
    }

    [Fact]
    public async Task An_order_has_one_currency()
    {
        await app.HasProduct("PL-EUR");
        await app.HasProduct("PL-JPY", unitPrice: 100, currency: "JPY");
        var mixed = new
        {
            customerId = "anna",
            lines = new[] { new { sku = "PL-EUR", quantity = 1 }, new { sku = "PL-JPY", quantity = 1 } },
            deliverTo = new { name = "A", street = "S", city = "C", postalCode = "P", country = "DE" },
            deliveryService = "express",
        };
        await app.Send("POST", "/v1/orders", mixed, expect: 422).ShouldBeProblem("rule-violated");
    }

    [Fact]
    public async Task The_price_of_that_moment_stays()
    {
        var created = await app.HasProduct("PL-PRICE", unitPrice: 3);
        var id = await app.HasOrder("PL-PRICE", quantity: 3);
        await app.Send(
            "PUT", "/v1/products/PL-PRICE", new { name = "X", unitPrice = 99, currency = "EUR", weightKg = 1, category = "c", active = true },
            headers: ("If-Match", created.Header("ETag")));
        ((decimal)(await app.Send("GET", $"/v1/orders/{id}").Json())["itemsTotal"]!).ShouldBe(9m);
    }

    [Theory]
    [InlineData("""{}""", "lines")]
    [InlineData("""{"lines":[]}""", "lines")]
    [InlineData("""{"lines":[null]}""", "lines[0].sku")]
    [InlineData("""{"lines":[{"sku":"a","quantity":0}]}""", "lines[0].quantity")]
    [InlineData("""{"lines":[{"sku":"a","quantity":10001}]}""", "lines[0].quantity")]
    [InlineData("""{"lines":[{"sku":"a b","quantity":1}]}""", "lines[0].sku")]
    [InlineData("""{"deliverTo":{"country":"germany"}}""", "deliverTo.country")]
    [InlineData("""{"customerId":"   "}""", "customerId")]
    public async Task Bad_input_is_named(string body, string field) => await Refused(body, "invalid-input", field);

    [Theory]
    [InlineData("""{"lines":[{"sku":"a","quantity":"1"}]}""", "lines[0].quantity")]
    [InlineData("""{"lines":[{"sku":"a","quantity":1.5}]}""", "lines[0].quantity")]
    [InlineData("""{"deliveryService":"teleport"}""", "deliveryService")]
    [InlineData("""{"deliveryService":0}""", "deliveryService")]
    [InlineData("""{"lines":""", "lines")]
    public async Task Members_of_the_wrong_type_are_named(string body, string field) => await Refused(body, "malformed-json", field);

    private async Task Refused(string body, string slug, string field)
    {
        var result = await app.Host.Scenario(s =>
        {
            s.Post.Text(body).ToUrl("/v1/orders");
            s.WithRequestHeader("Content-Type", "application/json");
            s.StatusCodeShouldBe(400);
        });
        var problem = System.Text.Json.Nodes.JsonNode.Parse(await result.ReadAsTextAsync())!;
        problem["type"]!.ToString().ShouldBe($"/problems/{slug}");
        problem["errors"]![field].ShouldNotBeNull();
        problem.ToJsonString().ShouldNotContain("Monolith.");
    }
}
