namespace Monolith.Scenarios.Inventory;

public sealed class CountingStock(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Receipts_and_adjustments_add_up()
    {
        await app.HasProduct("ST-1", pieces: 0);
        (await app.StockOf("ST-1")).ShouldBe((0, 0));

        var received = await app.Send("POST", "/v1/stock/ST-1/receipts", new { quantity = 10, reference = "note 1" }).Json();
        received.ToJsonString().ShouldBe("""{"sku":"ST-1","onHand":10,"reserved":0,"available":10,"version":1}""");
        var adjusted = await app.Send("POST", "/v1/stock/ST-1/adjustments", new { delta = -3, reason = "broken" }).Json();
        ((long)adjusted["onHand"]!).ShouldBe(7);
        ((long)adjusted["version"]!).ShouldBe(2);
        (await app.Send("GET", "/v1/stock/ST-1").Json()).ToJsonString().ShouldBe(adjusted.ToJsonString());
    }

    [Fact]
    public async Task What_is_reserved_cannot_be_counted_away()
    {
        await app.HasProduct("ST-2", pieces: 5);
        await app.HasOrder("ST-2", quantity: 3);

        (await app.StockOf("ST-2")).ShouldBe((5, 3));
        await app.Send("POST", "/v1/stock/ST-2/adjustments", new { delta = -3, reason = "broken" }, expect: 409).ShouldBeProblem("state-conflict");
        await app.Send("POST", "/v1/stock/ST-2/adjustments", new { delta = -2, reason = "broken" });
        (await app.StockOf("ST-2")).ShouldBe((3, 3));
    }

    [Fact]
    public async Task Only_products_have_a_stock()
    {
        await app.Send("GET", "/v1/stock/NONE", expect: 404).ShouldBeProblem("not-found");
        await app.Send("POST", "/v1/stock/NONE/receipts", new { quantity = 1, reference = "r" }, expect: 404).ShouldBeProblem("not-found");
        await app.Send("POST", "/v1/stock/NONE/adjustments", new { delta = 1, reason = "r" }, expect: 404).ShouldBeProblem("not-found");
    }

    [Fact]
    public async Task A_stock_has_a_version_that_commands_may_depend_on()
    {
        await app.HasProduct("ST-3", pieces: 0);
        var empty = (await app.Send("GET", "/v1/stock/ST-3")).Header("ETag");
        var first = await app.Send("POST", "/v1/stock/ST-3/receipts", new { quantity = 1, reference = "r" }, headers: ("If-Match", empty));
        await app.Send("POST", "/v1/stock/ST-3/receipts", new { quantity = 1, reference = "r" }, expect: 412, headers: ("If-Match", empty))
            .ShouldBeProblem("precondition-failed");
        await app.Send("GET", "/v1/stock/ST-3", expect: 304, headers: ("If-None-Match", first.Header("ETag")));
    }

    [Theory]
    [InlineData("receipts", """{"quantity":0,"reference":"r"}""", "quantity")]
    [InlineData("receipts", """{"quantity":10001,"reference":"r"}""", "quantity")]
    [InlineData("receipts", """{"quantity":1}""", "reference")]
    [InlineData("adjustments", """{"delta":0,"reason":"r"}""", "delta")]
    [InlineData("adjustments", """{"delta":1}""", "reason")]
    public async Task Bad_input_is_named(string what, string body, string field)
    {
        var problem = await app.Send("POST", $"/v1/stock/ST-4/{what}", body, expect: 400, headers: ("Content-Type", "application/json")).Json();
        problem["errors"]![field].ShouldNotBeNull();
    }

    [Fact]
    public async Task Receipts_at_the_same_time_all_count()
    {
        await app.HasProduct("ST-5", pieces: 0);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => app.Receives("ST-5", 1)));
        (await app.StockOf("ST-5")).ShouldBe((40, 0));
    }
}
