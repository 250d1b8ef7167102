namespace Monolith.Scenarios.Conventions;

public sealed class WhoMay(App app) : IClassFixture<App>
{
    private static readonly string[] Roles = ["customer", "support", "warehouse", "operator", "viewer", "admin"];

    /// <summary>Endpoint × role, as the contract has it. What is allowed may fail for other reasons, but not with 401 or 403.</summary>
    [Theory]
    [InlineData("PUT", "/v1/products/W-1", "admin")]
    [InlineData("POST", "/v1/orders", "customer support admin")]
    [InlineData("GET", "/v1/orders", "customer support warehouse operator viewer admin")]
    [InlineData("GET", "/v1/orders/some", "customer support warehouse operator viewer admin")]
    [InlineData("POST", "/v1/orders/some/cancellation", "customer support admin")]
    [InlineData("POST", "/v1/orders/some/payments", "support admin")]
    [InlineData("GET", "/v1/orders/some/payment", "customer support warehouse operator viewer admin")]
    [InlineData("GET", "/v1/payments/some", "customer support warehouse operator viewer admin")]
    [InlineData("POST", "/v1/orders/some/shipment", "warehouse admin")]
    [InlineData("POST", "/v1/shipments/some/delivery", "warehouse admin")]
    [InlineData("GET", "/v1/shipments/some", "support warehouse operator viewer admin")]
    [InlineData("GET", "/v1/payments/unmatched", "support warehouse operator viewer admin")]
    [InlineData("GET", "/v1/stock/some", "support warehouse operator viewer admin")]
    [InlineData("POST", "/v1/stock/some/receipts", "warehouse admin")]
    [InlineData("POST", "/v1/stock/some/adjustments", "warehouse admin")]
    [InlineData("GET", "/v1/reports/orders-per-day", "support warehouse operator viewer admin")]
    [InlineData("GET", "/v1/customers/some/summary", "customer support warehouse operator viewer admin")]
    [InlineData("GET", "/v1/events", "support warehouse operator viewer admin")]
    [InlineData("GET", "/v1/events/stream?types=None", "support warehouse operator viewer admin")]
    [InlineData("GET", "/v1/alerts", "support warehouse operator viewer admin")]
    [InlineData("POST", "/v1/alerts/some/acknowledgement", "operator admin")]
    [InlineData("GET", "/v1/insights", "support warehouse operator viewer admin")]
    [InlineData("GET", "/v1/insights/sales-per-day/windows", "support warehouse operator viewer admin")]
    [InlineData("GET", "/v1/insights/sales-per-day/late", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/projections", "support warehouse operator viewer admin")]
    [InlineData("POST", "/admin/projections/some/rebuilds", "operator admin")]
    [InlineData("GET", "/admin/operations", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/operations/some", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/operations/some/stream", "support warehouse operator viewer admin")]
    [InlineData("POST", "/admin/operations/some/cancellation", "operator admin")]
    [InlineData("POST", "/admin/operations/some/pause", "operator admin")]
    [InlineData("POST", "/admin/operations/some/resume", "operator admin")]
    [InlineData("POST", "/admin/operations/some/retry", "operator admin")]
    [InlineData("GET", "/admin/topics/some", "support warehouse operator viewer admin")]
    [InlineData("POST", "/admin/topics/some/replay", "operator admin")]
    [InlineData("POST", "/admin/projections/some/pause", "operator admin")]
    [InlineData("POST", "/admin/projections/some/resume", "operator admin")]
    [InlineData("POST", "/admin/projections/some/verification", "operator admin")]
    [InlineData("POST", "/admin/projections/some/rollback", "operator admin")]
    [InlineData("POST", "/admin/corrections/delivery-fees", "operator admin")]
    [InlineData("POST", "/admin/corrections/delivery-fees/some/application", "operator admin")]
    [InlineData("GET", "/admin/event-types", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/events", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/events/1", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/events/stream?type=none", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/events/1/chain", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/streams/some", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/nodes", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/audit", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/dead-letters", "support warehouse operator viewer admin")]
    [InlineData("GET", "/admin/dead-letters/some", "support warehouse operator viewer admin")]
    [InlineData("POST", "/admin/dead-letters/some/replay", "operator admin")]
    [InlineData("POST", "/admin/dead-letters/some/discard", "operator admin")]
    [InlineData("POST", "/admin/dead-letters/replay", "operator admin")]
    [InlineData("POST", "/admin/dead-letters/discard", "operator admin")]
    public async Task Only_these_roles(string method, string path, string allowed)
    {
        foreach (var role in Roles)
        {
            var answer = await app.Host.Scenario(s =>
            {
                _ = method switch { "GET" => s.Get.Url(path), "PUT" => s.Put.Json(new { }).ToUrl(path), _ => s.Post.Json(new { }).ToUrl(path) };
                s.WithRequestHeader("Authorization", $"Bearer {Tokens.For("someone", role)}");
                s.IgnoreStatusCode();
            });
            var status = answer.Context.Response.StatusCode;
            (status is not (401 or 403)).ShouldBe(allowed.Split(' ').Contains(role), $"{role} got {status}");
        }
    }

    [Fact]
    public async Task Products_are_for_anyone()
    {
        await app.HasProduct("W-2");
        await app.Send("GET", "/v1/products/W-2", token: Tokens.For("nobody"));
        await app.Send("GET", "/v1/products", token: Tokens.For("nobody"));
    }

    [Fact]
    public async Task A_customer_sees_and_changes_nothing_of_others()
    {
        await app.HasProduct("W-3");
        var id = await app.HasOrder("W-3", customerId: "bert");
        var bert = Tokens.For("bert", "customer");
        var eve = Tokens.For("eve", "customer");
        var head = await app.Head();

        await app.Send("GET", $"/v1/orders/{id}", token: bert);
        await app.Send("GET", $"/v1/orders/{id}", token: eve, expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", $"/v1/orders/{id}/payment", token: eve, expect: 404).ShouldBeProblem("not-found");
        await app.Send("POST", $"/v1/orders/{id}/cancellation", new { reason = "r" }, token: eve, expect: 404).ShouldBeProblem("not-found");
        await app.Send("POST", "/v1/orders", Shop.OrderOf("W-3", customerId: "bert"), token: eve, expect: 403).ShouldBeProblem("forbidden");
        await app.Send("GET", $"/v1/customers/bert/summary?minSequence={head}", token: eve, expect: 404).ShouldBeProblem("not-found");
        (await app.Send("GET", $"/v1/orders?minSequence={head}", token: bert).Json())["items"]!.AsArray().Count.ShouldBe(1);
        (await app.Send("GET", "/v1/orders?customerId=bert", token: eve).Json())["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_customer_with_another_role_still_acts_for_themselves_only()
    {
        await app.HasProduct("W-5");
        var id = await app.HasOrder("W-5", customerId: "carl");
        foreach (var role in new[] { "viewer", "operator", "warehouse" })
        {
            var both = Tokens.For("dora", "customer", role);
            await app.Send("POST", "/v1/orders", Shop.OrderOf("W-5", customerId: "carl"), token: both, expect: 403).ShouldBeProblem("forbidden");
            await app.Send("POST", $"/v1/orders/{id}/cancellation", new { reason = "r" }, token: both, expect: 403).ShouldBeProblem("forbidden");
            await app.Send("GET", $"/v1/orders/{id}", token: both);
        }
    }

    [Fact]
    public async Task A_token_must_say_whose_it_is() =>
        await app.Send("GET", "/v1/orders", token: Tokens.For(string.Empty, "customer"), expect: 401).ShouldBeProblem("unauthenticated");

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Real-IP", "203.0.113.7")]
    public async Task A_page_of_another_site_is_not_the_development_user(string header, string value) =>
        await app.Send("GET", "/v1/orders", expect: 401, headers: (header, value)).ShouldBeProblem("unauthenticated");

    [Fact]
    public async Task Viewers_see_no_personal_data()
    {
        await app.HasProduct("W-4");
        var id = await app.HasOrder("W-4");
        foreach (var (role, name) in new[] { ("viewer", "***"), ("operator", "***"), ("support", "Anna Adam"), ("warehouse", "Anna Adam"), ("admin", "Anna Adam") })
        {
            var order = await app.Send("GET", $"/v1/orders/{id}", token: Tokens.For("someone", role)).Json();
            order["deliverTo"]!["name"]!.ToString().ShouldBe(name, role);
        }
    }

    [Fact]
    public async Task Behind_a_proxy_nobody_is_the_development_user() =>
        await app.Send("GET", "/v1/orders", expect: 401, headers: ("X-Forwarded-For", "203.0.113.7")).ShouldBeProblem("unauthenticated");
}
