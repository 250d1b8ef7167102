using System.Text.Json.Nodes;
using Monolith.Scenarios.Operations;

namespace Monolith.Scenarios.Insights;

public sealed class ReadingTheFeed(App app) : IClassFixture<App>
{
    [Fact]
    public async Task An_order_is_followed_from_the_outside()
    {
        await app.HasProduct("FE-1", unitPrice: 12.50m);
        var order = await app.HasOrder("FE-1", quantity: 2, customerId: "feeder");
        await app.Pays(order);
        await app.Cancels(order, reason: "secret words");

        var (items, page) = await Page($"types=OrderPlaced,PaymentRequested,monolith.ordering.PaymentReceived,OrderCancelled&minSequence={await app.Head()}");
        var own = items.Where(i => i["subject"]!.ToString() == order).ToList();

        own.Select(i => i["type"]!.ToString()).ShouldBe(
            ["monolith.ordering.OrderPlaced", "monolith.ordering.PaymentRequested", "monolith.ordering.PaymentReceived", "monolith.ordering.OrderCancelled"]);
        var placed = own[0];
        placed["specversion"]!.ToString().ShouldBe("1.0");
        placed["source"]!.ToString().ShouldBe("/monolith/ordering");
        placed["datacontenttype"]!.ToString().ShouldBe("application/json");
        Guid.TryParse(placed["id"]!.ToString(), out _).ShouldBeTrue();
        placed["time"]!.ToString().ShouldBe(placed["data"]!["placedAt"]!.ToString());
        placed["sequence"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.String);
        placed["data"]!["lines"]![0]!["lineTotal"]!.ToString().ShouldBe("25.00");
        own[3]["data"]!["cause"]!.ToString().ShouldBe("customer");
        page["epoch"]!.ToString().ShouldNotBeEmpty();
        var everything = page.ToJsonString();
        foreach (var personal in new[] { "Anna Adam", "Am Markt 1", "07743", "secret words", "transfer", "deliverTo" })
        {
            everything.ShouldNotContain(personal);
        }
    }

    [Fact]
    public async Task It_is_paged_and_goes_on_where_it_was()
    {
        await app.HasProduct("FE-2");
        await app.HasOrder("FE-2");
        var head = await app.Head();
        var all = await All($"minSequence={head}&limit=200");

        var paged = new List<string>();
        var url = $"/v1/events?limit=2&minSequence={head}";
        while (url.Length > 0)
        {
            var answer = await app.Send("GET", url);
            long.Parse(answer.Header("Monolith-As-Of")).ShouldBeGreaterThanOrEqualTo(head);
            paged.AddRange(JsonNode.Parse(await answer.ReadAsTextAsync())!["items"]!.AsArray().Select(i => i!["sequence"]!.ToString()));
            url = answer.Header("Link") is { Length: > 0 } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : "";
        }

        paged.ShouldBe(all);
        paged.Select(long.Parse).ShouldBe(paged.Select(long.Parse).Order());
        (await All($"after={all[2]}&limit=200")).ShouldBe(all.Skip(3));
        (await All($"cursor={all[2]}&limit=200")).ShouldBe(all.Skip(3));
        (await Page($"after={head}")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_no_public_form_is_not_in_it()
    {
        await app.HasProduct("FE-3");
        await app.HasOrder("FE-3");

        var types = (await Page($"limit=200&minSequence={await app.Head()}")).Items.Select(i => i["type"]!.ToString()).ToList();

        types.ShouldContain("monolith.catalog.ProductRevised");
        types.ShouldNotContain(type => type.StartsWith("monolith.inventory") || type.StartsWith("monolith.payments") || type.StartsWith("monolith.operations"));
        await app.Send("GET", "/v1/events?types=StockReceived", expect: 400).ShouldBeProblem("invalid-input");
    }

    [Theory]
    [InlineData("after=x")]
    [InlineData("after=-1")]
    [InlineData("after=1&cursor=1")]
    [InlineData("cursor=none")]
    [InlineData("limit=0")]
    [InlineData("types=Nothing")]
    [InlineData("types=,")]
    public async Task Wrong_questions_are_problems(string query)
    {
        await app.Send("GET", $"/v1/events?{query}", expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("GET", $"/v1/events/stream?{query}", expect: 400).ShouldBeProblem("invalid-input");
    }

    [Fact]
    public async Task A_place_in_another_log_is_gone()
    {
        await app.HasProduct("FEED-EPOCH");
        await app.HasNothingToDo();
        var last = await app.Number("select max(seq_id) from events.mt_events");
        var epoch = (await Page("")).Whole["epoch"]!.ToString();

        await app.Send("GET", $"/v1/events?epoch={epoch}");
        await app.Send("GET", $"/v1/events?epoch={epoch}&after={last}");
        // As after a restore from a backup, which has the epoch but not the event.
        await app.Send("GET", $"/v1/events?epoch={epoch}&after={last + 1}", expect: 410).ShouldBeProblem("feed-epoch-changed");
        await app.Send("GET", "/v1/events/stream", expect: 410, headers: ("Last-Event-ID", $"{epoch}.999999")).ShouldBeProblem("feed-epoch-changed");
        await app.Send("GET", "/v1/events?epoch=other", expect: 410).ShouldBeProblem("feed-epoch-changed");
        await app.Send("GET", "/v1/events/stream?epoch=other", expect: 410).ShouldBeProblem("feed-epoch-changed");
        await app.Send("GET", "/v1/events/stream", expect: 410, headers: ("Last-Event-ID", "other.7")).ShouldBeProblem("feed-epoch-changed");
        await app.Send("GET", "/v1/events/stream", expect: 400, headers: ("Last-Event-ID", "7")).ShouldBeProblem("invalid-input");
    }

    private async Task<List<string>> All(string query) => [.. (await Page(query)).Items.Select(i => i["sequence"]!.ToString())];

    private async Task<(IReadOnlyList<JsonNode> Items, JsonNode Whole)> Page(string query)
    {
        var page = await app.Send("GET", $"/v1/events?{query}").Json();
        return ([.. page["items"]!.AsArray().Select(i => i!)], page);
    }
}
