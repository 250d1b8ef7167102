using System.Text.Json.Nodes;

namespace Monolith.Scenarios.Ordering;

public sealed class ReadModels(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_list_is_filtered_sorted_and_paged()
    {
        await app.HasProduct("RM-1");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await app.HasOrder("RM-1", customerId: "lister"));
        }

        await app.Pays(ids[0]);
        var head = await app.Head();

        var pages = new List<string>();
        var url = $"/v1/orders?customerId=lister&limit=2&minSequence={head}";
        while (url.Length > 0)
        {
            var page = await app.Send("GET", url);
            long.Parse(page.Header("Monolith-As-Of")).ShouldBeGreaterThanOrEqualTo(head);
            pages.AddRange(JsonNode.Parse(await page.ReadAsTextAsync())!["items"]!.AsArray().Select(o => o!["id"]!.ToString()));
            url = page.Header("Link") is { Length: > 0 } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : string.Empty;
        }

        pages.ShouldBe(ids.AsEnumerable().Reverse());
        var paid = await app.Send("GET", "/v1/orders?customerId=lister&status=paid").Json();
        paid["items"]!.AsArray().Select(o => o!["id"]!.ToString()).ShouldBe([ids[0]]);
        var tomorrow = Uri.EscapeDataString(app.Clock.GetUtcNow().AddDays(1).ToString("O"));
        (await app.Send("GET", $"/v1/orders?customerId=lister&from={tomorrow}").Json())["items"]!.AsArray().ShouldBeEmpty();
        (await app.Send("GET", $"/v1/orders?customerId=lister&to={tomorrow}").Json())["items"]!.AsArray().Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_order_moves_from_row_to_row_of_its_day()
    {
        await app.HasProduct("RM-2", unitPrice: 7, currency: "CHF");
        var first = await app.HasOrder("RM-2");
        var second = await app.HasOrder("RM-2", quantity: 2);
        await app.Pays(first);
        await app.Cancels(second);

        var report = await app.Send("GET", $"/v1/reports/orders-per-day?minSequence={await app.Head()}").Json();
        var rows = report["items"]!.AsArray().Where(r => r!["currency"]!.ToString() == "CHF")
            .ToDictionary(r => r!["status"]!.ToString(), r => ((int)r!["orders"]!, (decimal)r!["total"]!));

        rows.ShouldBe(new Dictionary<string, (int, decimal)> { ["paid"] = (1, 11.70m), ["cancelled"] = (1, 18.70m) }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_customer_is_summed_up()
    {
        await app.HasProduct("RM-3", unitPrice: 5);
        await app.HasOrder("RM-3", customerId: "summed");
        var cancelled = await app.HasOrder("RM-3", quantity: 3, customerId: "summed");
        await app.Cancels(cancelled);

        var summary = await app.Send("GET", $"/v1/customers/summed/summary?minSequence={await app.Head()}").Json();
        ((int)summary["orders"]!).ShouldBe(2);
        ((int)summary["cancelled"]!).ShouldBe(1);
        ((decimal)summary["total"]!).ShouldBe(9.90m);
        summary["currency"]!.ToString().ShouldBe("EUR");
        DateTimeOffset.Parse(summary["lastOrderAt"]!.ToString()).ShouldBeGreaterThan(DateTimeOffset.Parse(summary["firstOrderAt"]!.ToString()));
        await app.Send("GET", "/v1/customers/nobody/summary", expect: 404).ShouldBeProblem("not-found");
    }

    [Fact]
    public async Task A_model_that_does_not_get_there_says_so()
    {
        var behind = await app.Send("GET", $"/v1/orders?minSequence={await app.Head() + 1_000_000}", expect: 503);
        behind.Header("Retry-After").ShouldNotBeEmpty();
        await Task.FromResult(behind).ShouldBeProblem("read-model-behind");
    }

    [Theory]
    [InlineData("/v1/orders?limit=0", "limit")]
    [InlineData("/v1/orders?limit=201", "limit")]
    [InlineData("/v1/orders?limit=x", "limit")]
    [InlineData("/v1/orders?cursor=x", "cursor")]
    [InlineData("/v1/orders?status=lost", "status")]
    [InlineData("/v1/orders?status=Paid", "status")]
    [InlineData("/v1/orders?from=yesterday", "from")]
    [InlineData("/v1/orders?minSequence=-1", "minSequence")]
    [InlineData("/v1/products?active=maybe", "active")]
    [InlineData("/v1/reports/orders-per-day?to=x", "to")]
    public async Task Parameters_that_cannot_be_read_are_named(string url, string field)
    {
        var problem = await app.Send("GET", url, expect: 400).Json();
        problem["type"]!.ToString().ShouldBe("/problems/invalid-input");
        problem["errors"]![field].ShouldNotBeNull();
    }
}
