namespace Monolith.Scenarios.Conventions;

public sealed class RateLimits(TestServer server)
{
    [Fact]
    public async Task Each_caller_has_a_limit_but_health_and_the_development_user_have_none()
    {
        await using var app = new App(server);
        app.Settings["RateLimits:Burst"] = "5";
        app.Settings["RateLimits:PerSecond"] = "10";
        await app.InitializeAsync();

        var greedyAnswers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Ask(app, "/v1/orders", Tokens.For("greedy", "viewer"))));
        greedyAnswers.Select(a => a.Context.Response.StatusCode).Distinct().Order().ShouldBe([200, 429]);
        (await Status(app, "/v1/orders", Tokens.For("modest", "viewer"))).ShouldBe(200);
        (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Status(app, "/health/live", Tokens.For("greedy", "viewer"))))).ShouldAllBe(s => s == 200);
        (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Status(app, "/health/projections", Tokens.For("greedy", "viewer"))))).ShouldAllBe(s => s != 429);
        (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Status(app, "/v1/orders", token: null)))).ShouldAllBe(s => s == 200);

        var guesses = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Status(app, "/v1/orders", "no token")));
        guesses.Distinct().Order().ShouldBe([401, 429]);

        var refused = greedyAnswers.First(a => a.Context.Response.StatusCode == 429);
        refused.Header("Retry-After").ShouldNotBeEmpty();
        await Task.FromResult(refused).ShouldBeProblem("too-many-requests");
    }

    private static async Task<int> Status(App app, string path, string? token) => (await Ask(app, path, token)).Context.Response.StatusCode;

    private static Task<IScenarioResult> Ask(App app, string path, string? token) => app.Host.Scenario(s =>
    {
        s.Get.Url(path);
        if (token is not null)
        {
            s.WithRequestHeader("Authorization", $"Bearer {token}");
        }

        s.IgnoreStatusCode();
    });
}
