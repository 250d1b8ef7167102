using System.Text.Json.Nodes;

namespace Monolith.Scenarios.Insights;

public sealed class ViewingInsights(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_processors_are_listed_by_name()
    {
        var items = (await app.Send("GET", $"/v1/insights?minSequence={await app.Head()}").Json())["items"]!.AsArray();

        items.Select(i => i!["name"]!.ToString()).ShouldBe(
        [
            "customer-sessions", "order-lines", "payment-failure-rate", "revenue-week-over-week", "sales-per-day", "sales-per-hour", "sales-per-minute",
            "stock-levels", "time-to-pay", "top-products-per-hour",
        ]);
        Shape("customer-sessions").ShouldBe(("session", null, null, "PT30M", "PT5M"));
        Shape("payment-failure-rate").ShouldBe(("hopping", "PT5M", "PT1M", null, "PT1M"));
        Shape("sales-per-day").ShouldBe(("tumbling", "P1D", "P1D", null, "PT5M"));
        Shape("time-to-pay").ShouldBe(("windowedJoin", "PT30M", null, null, "PT10M"));
        Shape("stock-levels").ShouldBe(("global", null, null, null, "PT0S"));
        Shape("order-lines").ShouldBe(("tableJoin", null, null, null, "PT5M"));
        Shape("top-products-per-hour").ShouldBe(("topN", "PT1H", "PT1H", null, "PT5M"));

        (string? Kind, string? Size, string? Advance, string? Gap, string? Grace) Shape(string name) => items.Single(i => i!["name"]!.ToString() == name) is { } i
            ? ((string?)i["kind"], (string?)i["size"], (string?)i["advance"], (string?)i["gap"], (string?)i["grace"])
            : default;
    }

    [Fact]
    public async Task The_list_is_paged()
    {
        var first = await app.Send("GET", "/v1/insights?limit=3").Json();
        var second = await app.Send("GET", $"/v1/insights?limit=3&cursor={first["next"]}").Json();

        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(i => i!["name"]!.ToString()).ShouldBe(
            ["customer-sessions", "order-lines", "payment-failure-rate", "revenue-week-over-week", "sales-per-day", "sales-per-hour"]);
    }

    [Fact]
    public async Task Sales_are_summed_up_by_category_and_currency()
    {
        await app.HasProduct("IN-1", unitPrice: 12.50m, category: "insight");
        await app.HasProduct("IN-2", unitPrice: 700, currency: "JPY", category: "insight");
        var cancelled = await app.HasOrder("IN-1", quantity: 2);
        await app.HasOrder("IN-1", quantity: 3);
        await app.HasOrder("IN-2");
        await app.Cancels(cancelled);

        var windows = await Windows("sales-per-day", "insight");

        windows.ToDictionary(w => w["value"]!["currency"]!.ToString(), w => w["value"]!.ToJsonString()).ShouldBe(new Dictionary<string, string>
        {
            ["EUR"] = """{"currency":"EUR","orders":2,"items":5,"revenue":62.50,"cancellations":1}""",
            ["JPY"] = """{"currency":"JPY","orders":1,"items":1,"revenue":700,"cancellations":0}""",
        }, ignoreOrder: true);
        var day = windows[0];
        ((DateTimeOffset)day["end"]! - (DateTimeOffset)day["start"]!).ShouldBe(TimeSpan.FromDays(1));
        ((string)day["key"]!, (int)day["revision"]!, (bool)day["isFinal"]!).ShouldBe(("insight", 0, false));
    }

    [Fact]
    public async Task Windows_are_found_by_when_they_start_and_paged_latest_first()
    {
        await app.HasProduct("IN-3", category: "paged");
        for (var hour = 0; hour < 3; hour++)
        {
            await app.HasOrder("IN-3");
            app.Clock.Move(TimeSpan.FromHours(1));
        }

        var all = await Windows("sales-per-hour", "paged");
        all.Count.ShouldBe(3);
        var starts = all.Select(w => (DateTimeOffset)w["start"]!).ToList();
        starts.ShouldBe(starts.OrderDescending());

        var first = await app.Send("GET", "/v1/insights/sales-per-hour/windows?key=paged&limit=2").Json();
        var rest = await app.Send("GET", $"/v1/insights/sales-per-hour/windows?key=paged&limit=2&cursor={first["next"]}").Json();
        first["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(w => (DateTimeOffset)w!["start"]!).ShouldBe(starts);
        rest["next"].ShouldBeNull();
        (await Windows("sales-per-hour", "paged", $"from={Text(starts[1])}&to={Text(starts[0])}")).Select(w => (DateTimeOffset)w["start"]!).ShouldBe([starts[1]]);

        static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");
    }

    [Fact]
    public async Task What_comes_too_late_is_listed_and_changes_no_window()
    {
        await app.HasProduct("IN-4", category: "late");
        await app.HasOrder("IN-4");
        app.Clock.Move(-TimeSpan.FromHours(3));
        await app.HasOrder("IN-4", quantity: 7);
        app.Clock.Move(TimeSpan.FromHours(3));

        (await Windows("sales-per-hour", "late")).ShouldHaveSingleItem()["value"]!["items"]!.GetValue<int>().ShouldBe(1);
        var late = (await app.Send("GET", "/v1/insights/sales-per-hour/late").Json())["items"]!.AsArray()
            .Single(l => l!["window"]!["key"]!.ToString() == "late")!;
        late["reason"]!.ToString().ShouldBe("late");
        System.Xml.XmlConvert.ToTimeSpan(late["lateness"]!.ToString()).ShouldBeGreaterThan(TimeSpan.FromHours(2.9));
        var logged = await app.Send("GET", $"/admin/events/{late["sequence"]}/chain").Json();
        logged["nodes"]!.AsArray().ShouldNotBeEmpty();
        var listed = (await app.Send("GET", "/v1/insights").Json())["items"]!.AsArray().Single(i => i!["name"]!.ToString() == "sales-per-hour")!;
        ((int)listed["late"]!).ShouldBeGreaterThan(0);
        ((double)listed["lagSeconds"]!).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task A_line_shows_the_product_as_it_was_when_the_order_was_recorded()
    {
        await app.HasProduct("IN-5", name: "Before");
        var order = await app.HasOrder("IN-5");
        var tag = (await app.Send("GET", "/v1/products/IN-5")).Header("ETag");
        await app.Send("PUT", "/v1/products/IN-5", new { name = "After", unitPrice = 99m, currency = "EUR", weightKg = 1, category = "tea", active = true }, headers: ("If-Match", tag));

        var line = (await Windows("order-lines", "IN-5")).ShouldHaveSingleItem()["value"]!;

        (line["orderId"]!.ToString(), line["product"]!["name"]!.ToString()).ShouldBe((order, "Before"));
    }

    [Fact]
    public async Task An_order_is_joined_with_its_payment()
    {
        await app.HasProduct("IN-6");
        var order = await app.HasOrder("IN-6");
        (await Windows("time-to-pay", order)).ShouldHaveSingleItem()["value"]!["outcome"]!.ToString().ShouldBe("waiting");
        await app.Pays(order);

        var value = (await Windows("time-to-pay", order)).ShouldHaveSingleItem()["value"]!;

        value["outcome"]!.ToString().ShouldBe("paid");
        ((double)value["secondsToPay"]!).ShouldBeInRange(0, 60);
    }

    [Theory]
    [InlineData("/v1/insights/none/windows", 404, "not-found")]
    [InlineData("/v1/insights/none/late", 404, "not-found")]
    [InlineData("/v1/insights/sales-per-day/windows?from=yesterday", 400, "invalid-input")]
    [InlineData("/v1/insights/sales-per-day/windows?cursor=%20", 400, "invalid-input")]
    [InlineData("/v1/insights/sales-per-day/late?limit=0", 400, "invalid-input")]
    [InlineData("/v1/insights?limit=201", 400, "invalid-input")]
    public async Task Wrong_questions_are_problems(string path, int status, string slug) =>
        await app.Send("GET", path, expect: status).ShouldBeProblem(slug);

    private async Task<IReadOnlyList<JsonNode>> Windows(string processor, string key, string more = "") =>
        [.. (await app.Send("GET", $"/v1/insights/{processor}/windows?key={key}&minSequence={await app.Head()}&{more}").Json())["items"]!.AsArray().Select(w => w!)];
}
