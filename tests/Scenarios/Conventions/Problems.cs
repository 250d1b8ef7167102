using System.Text.Json.Nodes;

namespace Monolith.Scenarios.Conventions;

public sealed class Problems(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Every_failure_is_a_problem_document()
    {
        await app.Send("GET", "/nowhere", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/v1/orders/unknown", expect: 404).ShouldBeProblem("not-found");
        await app.Send("DELETE", "/v1/orders", expect: 405).ShouldBeProblem("method-not-allowed");
        await app.Send("POST", "/v1/orders", "plain text", expect: 415).ShouldBeProblem("unsupported-media-type");
        await app.Send("GET", "/v1/orders", expect: 401, token: "nonsense").ShouldBeProblem("unauthenticated");
        await app.Send("GET", "/v1/products/unknown", expect: 401, token: "nonsense").ShouldBeProblem("unauthenticated");
        await app.Send("POST", "/v1/orders", new { customerId = new string('x', 300 * 1024) }, expect: 413).ShouldBeProblem("body-too-large");
    }

    [Theory]
    [InlineData("PUT", "/v1/products/NULL")]
    [InlineData("POST", "/v1/orders")]
    [InlineData("POST", "/v1/orders/some/payments")]
    [InlineData("POST", "/v1/orders/some/cancellation")]
    public async Task A_body_of_null_is_refused(string method, string path)
    {
        var refused = app.Host.Scenario(s =>
        {
            (method == "PUT" ? s.Put.Text("null") : s.Post.Text("null")).ToUrl(path);
            s.WithRequestHeader("Content-Type", "application/json");
            s.StatusCodeShouldBe(400);
        });
        await refused.ShouldBeProblem("bad-request");
    }

    [Fact]
    public async Task A_client_that_wants_html_gets_the_problem_too() =>
        await app.Send("GET", "/nowhere", expect: 404, headers: ("Accept", "text/html")).ShouldBeProblem("not-found");

    [Fact]
    public async Task Every_type_is_a_page()
    {
        foreach (var type in Kernel.Problems.ProblemTypes.All)
        {
            var page = await app.Send("GET", type.Uri);
            (await page.ReadAsTextAsync()).ShouldContain(type.Title);
        }

        await app.Send("GET", "/problems/unheard-of", expect: 404).ShouldBeProblem("not-found");
    }

    [Fact]
    public async Task The_correlation_id_comes_back_and_is_stored()
    {
        await app.HasProduct("CO-1");
        var placed = await app.Send(
            "POST", "/v1/orders", Shop.OrderOf("CO-1"), expect: 201, token: Tokens.For("sue", "support"),
            headers: [("X-Correlation-ID", "my-correlation"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]);
        placed.Header("X-Correlation-ID").ShouldBe("my-correlation");
        placed.Header("traceparent").ShouldContain("0af7651916cd43dd8448eb211c80319c");

        await using var session = app.Store.QuerySession();
        var events = await session.Events.FetchStreamAsync(placed.Header("Location").Split('/')[^1]);
        events.ShouldAllBe(e => e.CorrelationId == "my-correlation" && e.UserName == "sue");
        events.ShouldAllBe(e => e.GetHeader("traceparent")!.ToString()!.Contains("0af7651916cd43dd8448eb211c80319c"));
    }

    [Fact]
    public async Task Without_a_correlation_id_one_is_made()
    {
        var answer = await app.Send("GET", "/v1/orders");
        answer.Header("X-Correlation-ID").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Health_answers_without_credentials()
    {
        (await app.Send("GET", "/health/live").Json())["status"]!.ToString().ShouldBe("healthy");
        JsonNode ready = await app.Send("GET", "/health/ready").Json();
        ready["checks"]!["database"]!["status"]!.ToString().ShouldBe("healthy");
    }
}
