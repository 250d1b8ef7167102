using Monolith.Contracts.Catalog;

namespace Monolith.Scenarios.Catalog;

public sealed class RevisingProducts(App app) : IClassFixture<App>
{
    private static object Body(decimal unitPrice = 4.5m, string currency = "EUR", string name = "Tea", decimal weightKg = 0.1m) =>
        new { name, unitPrice, currency, weightKg, category = "tea", active = true };

    [Fact]
    public async Task Creating_answers_201_and_replacing_needs_the_current_tag()
    {
        var created = await app.Send("PUT", "/v1/products/P-1", Body(), expect: 201);
        var tag = created.Header("ETag");

        await app.Send("PUT", "/v1/products/P-1", Body(5), expect: 428).ShouldBeProblem("precondition-required");
        await app.Send("PUT", "/v1/products/P-1", Body(5), expect: 412, headers: ("If-Match", "\"7.g1\"")).ShouldBeProblem("precondition-failed");
        var replaced = await app.Send("PUT", "/v1/products/P-1", Body(5), headers: ("If-Match", tag));

        replaced.Header("ETag").ShouldNotBe(tag);
        ((decimal)(await app.Send("GET", "/v1/products/P-1").Json())["unitPrice"]!).ShouldBe(5m);
    }

    [Fact]
    public async Task A_precondition_on_a_product_that_does_not_exist_fails() =>
        await app.Send("PUT", "/v1/products/P-2", Body(), expect: 412, headers: ("If-Match", "*")).ShouldBeProblem("precondition-failed");

    [Fact]
    public async Task Every_revision_is_an_event_with_the_whole_product()
    {
        var created = await app.Send("PUT", "/v1/products/P-3", Body(1), expect: 201);
        await app.Send("PUT", "/v1/products/P-3", Body(2), headers: ("If-Match", created.Header("ETag")));

        await using var session = app.Store.QuerySession();
        var events = await session.Events.FetchStreamAsync("product-P-3");

        events.Select(e => e.Data).Cast<ProductRevised>().Select(e => e.UnitPrice).ShouldBe([1m, 2m]);
        events.ShouldAllBe(e => e.EventTypeName == "catalog.ProductRevised");
    }

    [Fact]
    public async Task Of_many_who_replace_the_same_version_one_wins()
    {
        var created = await app.Send("PUT", "/v1/products/P-4", Body(), expect: 201);
        var attempts = await Task.WhenAll(Enumerable.Range(1, 8).Select(price => app.Host.Scenario(s =>
        {
            s.Put.Json(Body(price)).ToUrl("/v1/products/P-4");
            s.WithRequestHeader("If-Match", created.Header("ETag"));
            s.IgnoreStatusCode();
        })));

        attempts.Select(a => a.Context.Response.StatusCode).Order().ShouldBe([200, .. Enumerable.Repeat(412, 7)]);
    }

    [Fact]
    public async Task Of_many_who_create_the_same_product_one_wins()
    {
        var attempts = await Task.WhenAll(Enumerable.Range(1, 8).Select(price => app.Host.Scenario(s =>
        {
            s.Put.Json(Body(price)).ToUrl("/v1/products/P-7");
            s.IgnoreStatusCode();
        })));

        attempts.Select(a => a.Context.Response.StatusCode).Order().ShouldBe([201, .. Enumerable.Repeat(428, 7)]);
    }

    [Theory]
    [InlineData("bad sku", 1, "EUR", 0.1, "sku")]
    [InlineData("P-5", -1, "EUR", 0.1, "unitPrice")]
    [InlineData("P-5", 1.005, "EUR", 0.1, "unitPrice")]
    [InlineData("P-5", 1.5, "JPY", 0.1, "unitPrice")]
    [InlineData("P-5", 1, "EURO", 0.1, "currency")]
    [InlineData("P-5", 1, "EUR", -1, "weightKg")]
    public async Task Bad_input_is_named(string sku, double price, string currency, double weight, string field)
    {
        var problem = await app.Send("PUT", $"/v1/products/{Uri.EscapeDataString(sku)}", Body((decimal)price, currency, weightKg: (decimal)weight), expect: 400).Json();
        problem["type"]!.ToString().ShouldBe("/problems/invalid-input");
        problem["errors"]![field].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_known_representation_is_not_sent_again()
    {
        var created = await app.Send("PUT", "/v1/products/P-6", Body(), expect: 201);
        var again = await app.Send("GET", "/v1/products/P-6", expect: 304, headers: ("If-None-Match", created.Header("ETag")));
        again.Header("ETag").ShouldBe(created.Header("ETag"));
        (await again.ReadAsTextAsync()).ShouldBeEmpty();
    }
}
