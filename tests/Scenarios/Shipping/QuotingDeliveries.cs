namespace Monolith.Scenarios.Shipping;

public sealed class QuotingDeliveries(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Anyone_may_ask_what_a_delivery_costs()
    {
        var quote = await app.Send(
            "GET", "/v1/delivery-quotes?country=AT&service=express&weightKg=2.5&currency=USD", token: Tokens.For("nobody")).Json();
        quote.ToJsonString().ShouldBe("""{"fee":30.58,"currency":"USD","zone":"eu-near","policyVersion":2}""");
    }

    [Fact]
    public async Task An_order_costs_what_was_quoted_and_keeps_what_that_came_from()
    {
        await app.HasProduct("QU-1");
        var quote = await app.Send("GET", "/v1/delivery-quotes?country=DE&service=standard&weightKg=5.25&currency=EUR").Json();
        var order = await app.Order(await app.HasOrder("QU-1", quantity: 21));
        ((decimal)order["deliveryFee"]!).ShouldBe((decimal)quote["fee"]!);
        ((int)order["feePolicyVersion"]!).ShouldBe((int)quote["policyVersion"]!);
        ((decimal)order["total"]!).ShouldBe((decimal)order["itemsTotal"]! + (decimal)quote["fee"]!);
        ((decimal)order["payment"]!["due"]!).ShouldBe((decimal)order["total"]!);
    }

    [Fact]
    public async Task Where_no_tariff_leads_nothing_is_quoted_or_ordered()
    {
        await app.Send("GET", "/v1/delivery-quotes?country=AQ&service=standard&weightKg=1&currency=EUR", expect: 422).ShouldBeProblem("rule-violated");
        await app.Send("GET", "/v1/delivery-quotes?country=DE&service=standard&weightKg=1&currency=XAF", expect: 422).ShouldBeProblem("rule-violated");
        await app.HasProduct("QU-2");
        var far = new
        {
            customerId = "anna",
            lines = new[] { new { sku = "QU-2", quantity = 1 } },
            deliverTo = new { name = "A", street = "S", city = "C", postalCode = "P", country = "AQ" },
            deliveryService = "standard",
        };
        await app.Send("POST", "/v1/orders", far, expect: 422).ShouldBeProblem("rule-violated");
    }

    [Theory]
    [InlineData("service=standard&weightKg=1&currency=EUR", "country")]
    [InlineData("country=de&service=standard&weightKg=1&currency=EUR", "country")]
    [InlineData("country=DE&weightKg=1&currency=EUR", "service")]
    [InlineData("country=DE&service=Express&weightKg=1&currency=EUR", "service")]
    [InlineData("country=DE&service=standard&currency=EUR", "weightKg")]
    [InlineData("country=DE&service=standard&weightKg=-1&currency=EUR", "weightKg")]
    [InlineData("country=DE&service=standard&weightKg=1,5&currency=EUR", "weightKg")]
    [InlineData("country=DE&service=standard&weightKg=1", "currency")]
    [InlineData("country=DE&service=standard&weightKg=1&currency=EURO", "currency")]
    public async Task Parameters_that_cannot_be_read_are_named(string query, string field)
    {
        var problem = await app.Send("GET", $"/v1/delivery-quotes?{query}", expect: 400).Json();
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe([field]);
    }
}
