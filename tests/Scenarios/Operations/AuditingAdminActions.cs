using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Operations;

namespace Monolith.Scenarios.Operations;

public sealed class AuditingAdminActions(App app) : IClassFixture<App>
{
    private const string Rebuilds = "/admin/projections/OrderList/rebuilds";
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private static int actors;

    /// <summary>Everybody acts once, so that the audit of each is short.</summary>
    private readonly string actor = $"actor-{Interlocked.Increment(ref actors)}";

    [Fact]
    public async Task What_is_done_is_recorded_with_who_why_and_what_became_of_it()
    {
        var accepted = await app.Send(
            "POST", Rebuilds, new { reason = "the fold was corrected", mode = "inPlace" }, 202, Tokens.For(actor, "operator", "support"),
            ("X-Correlation-ID", "audit-1"), ("traceparent", $"00-{Trace}-b7ad6b7169203331-01"));
        var entry = await app.Attempt(actor);

        entry.AsObject().Select(member => member.Key).ShouldBe(
            ["sequence", "actor", "roles", "action", "target", "reason", "at", "outcome", "correlationId", "traceId"]);
        entry["roles"]!.AsArray().Select(role => role!.ToString()).ShouldBe(["support", "operator"]);
        (entry["action"]!.ToString(), entry["target"]!.ToString(), entry["reason"]!.ToString())
            .ShouldBe(("POST /admin/projections/{name}/rebuilds", "OrderList", "the fold was corrected"));
        (entry["correlationId"]!.ToString(), entry["traceId"]!.ToString()).ShouldBe(("audit-1", Trace));
        var outcome = entry["outcome"]!;
        ((int)outcome["status"]!, outcome["problem"], outcome["operation"]!.ToString(), (bool)outcome["repeated"]!)
            .ShouldBe((202, null, accepted.Header("Location"), false));
        outcome["finishedAt"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThanOrEqualTo(entry["at"]!.GetValue<DateTimeOffset>());

        // Before and after the events of the command, all of the same command.
        var events = (await app.Send("GET", $"/admin/events?actor={actor}").Json())["items"]!.AsArray().Select(e => e!).Where(e => e["causationId"] is not null).ToList();
        var requested = events.Single(e => e["type"]!.ToString() == "RebuildRequested");
        var attempted = events.Single(e => e["type"]!.ToString() == "AdminActionAttempted");
        var finished = events.Single(e => e["type"]!.ToString() == "AdminActionFinished");
        ((long)attempted["sequence"]!).ShouldBeLessThan((long)requested["sequence"]!);
        ((long)finished["sequence"]!).ShouldBeGreaterThan((long)requested["sequence"]!);
        foreach (var e in new[] { attempted, finished })
        {
            (e["streamId"]!.ToString(), e["streamType"]!.ToString(), e["actor"]!.ToString()).ShouldBe(("audit", "audit", actor));
            (e["causationId"]!.ToString(), e["correlationId"]!.ToString(), e["traceId"]!.ToString())
                .ShouldBe((requested["causationId"]!.ToString(), "audit-1", Trace));
        }

        accepted.Header("Monolith-Sequence").ShouldBe(requested["sequence"]!.ToString());
        attempted["data"]!.ToJsonString().ShouldNotContain("inPlace");

        // It caused nothing of what followed.
        var chain = await app.Send("GET", $"/admin/events/{attempted["sequence"]}/chain").Json();
        chain["nodes"]!.AsArray().Select(node => node!["name"]!.ToString()).ShouldBe(["POST /admin/projections/{name}/rebuilds", "AdminActionAttempted"]);
        await app.Succeeds(accepted.Header("Location"));
    }

    [Theory]
    [InlineData("POST", Rebuilds, """{}""", "operator", 400, "invalid-input", "POST /admin/projections/{name}/rebuilds", "OrderList")]
    [InlineData("POST", Rebuilds, """{"reason":""", "operator", 400, "malformed-json", "POST /admin/projections/{name}/rebuilds", "OrderList")]
    [InlineData("POST", Rebuilds, """{"reason":"r"}""", "support", 403, "forbidden", "POST /admin/projections/{name}/rebuilds", "OrderList")]
    [InlineData("POST", Rebuilds, """{"reason":"r"}""", "customer", 403, "forbidden", "POST /admin/projections/{name}/rebuilds", "OrderList")]
    [InlineData("POST", "/admin/projections/Nothing/rebuilds", """{"reason":"r"}""", "operator", 404, "not-found", "POST /admin/projections/{name}/rebuilds", "Nothing")]
    [InlineData("POST", "/ADMIN/projections/Nothing/rebuilds", """{"reason":"r"}""", "operator", 404, "not-found", "POST /admin/projections/{name}/rebuilds", "Nothing")]
    [InlineData("POST", "/admin/projections/Claimed/rebuilds", """{"reason":"r"}""", "operator", 404, "not-found", "POST /admin/projections/{name}/rebuilds", "Claimed")]
    [InlineData("POST", "/admin/projections/UnmatchedPayments/rebuilds", """{"reason":"r"}""", "operator", 409, "operation-running", "POST /admin/projections/{name}/rebuilds", "UnmatchedPayments")]
    [InlineData("POST", "/admin/projections/Order/pause", """{"reason":"r"}""", "operator", 422, "rule-violated", "POST /admin/projections/{name}/pause", "Order")]
    [InlineData("POST", "/admin/nowhere/at/all", """{"reason":"r"}""", "operator", 404, "not-found", "POST /admin/nowhere/at/all", null)]
    [InlineData("DELETE", "/admin/operations/some", "", "operator", 405, "method-not-allowed", "DELETE /admin/operations/some", null)]
    public async Task What_is_refused_is_recorded_too(
        string method, string path, string body, string role, int status, string problem, string action, string? target)
    {
        await using (var session = app.Store.LightweightSession())
        {
            session.Store(new OperationClaim("UnmatchedPayments", "some", OperationKind.Rebuild));
            await session.SaveChangesAsync();
        }

        var answer = await app.Host.Scenario(s =>
        {
            _ = method == "DELETE" ? s.Delete.Url(path) : s.Post.Text(body).ToUrl(path);
            s.WithRequestHeader("Content-Type", "application/json");
            s.WithRequestHeader("Authorization", $"Bearer {Tokens.For(actor, role)}");
            s.StatusCodeShouldBe(status);
        });
        await Task.FromResult(answer).ShouldBeProblem(problem);
        answer.Header("Monolith-Sequence").ShouldBeEmpty();

        var entry = await app.Attempt(actor);
        (entry["action"]!.ToString(), entry["target"]?.ToString()).ShouldBe((action, target));
        entry["reason"]?.ToString().ShouldBe("r");
        ((int)entry["outcome"]!["status"]!, entry["outcome"]!["problem"]!.ToString(), entry["outcome"]!["operation"])
            .ShouldBe((status, $"/problems/{problem}", null));
    }

    /// <summary>A command that is added to the API is in this list by itself.</summary>
    [Fact]
    public async Task Every_command_is_recorded()
    {
        var commands = Commands().ToList();
        commands.Count.ShouldBeGreaterThan(2);
        foreach (var (method, endpoint) in commands)
        {
            var route = endpoint.RoutePattern.RawText!;
            var somebody = $"{actor}-{commands.IndexOf((method, endpoint))}";
            endpoint.Metadata.GetMetadata<IAllowAnonymous>().ShouldBeNull(route);
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().ShouldContain(data => data.Roles!.Contains("operator"), route);
            var path = string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => segment.Parts[0] is RoutePatternParameterPart ? "some" : ((RoutePatternLiteralPart)segment.Parts[0]).Content));
            var answer = await app.Host.Scenario(s =>
            {
                _ = method switch { "PUT" => s.Put.Json(new { reason = "why" }).ToUrl($"/{path}"), "DELETE" => s.Delete.Url($"/{path}"), _ => s.Post.Json(new { reason = "why" }).ToUrl($"/{path}") };
                s.WithRequestHeader("Authorization", $"Bearer {Tokens.For(somebody, "operator")}");
                s.IgnoreStatusCode();
            });

            var entry = await app.Attempt(somebody);
            entry["action"]!.ToString().ShouldBe($"{method} {route}");
            ((int)entry["outcome"]!["status"]!).ShouldBe(answer.Context.Response.StatusCode);
        }
    }

    [Fact]
    public async Task Of_every_command_those_who_may_not_are_recorded()
    {
        foreach (var (method, endpoint) in Commands().Where(command => command.Method == "POST"))
        {
            var path = endpoint.RoutePattern.RawText!.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            await app.Send(method, path, new { reason = "why" }, expect: 403, token: Tokens.For(actor, "viewer"));
        }

        (await app.Audit(actor, Commands().Count(command => command.Method == "POST"))).ShouldAllBe(e => (int)e["outcome"]!["status"]! == 403);
    }

    [Fact]
    public async Task A_request_that_is_repeated_is_recorded_and_marked()
    {
        var first = await Send();
        await app.Succeeds(first.Header("Location"));
        var second = await Send();
        second.Header("Location").ShouldBe(first.Header("Location"));
        await app.Send("POST", "/admin/projections/CustomerSummary/rebuilds", new { reason = "other" }, 422, Tokens.For(actor, "operator"), ("Idempotency-Key", actor));

        var entries = await app.Audit(actor, 3);
        entries.Select(e => ((int)e["outcome"]!["status"]!, (bool)e["outcome"]!["repeated"]!)).ShouldBe([(422, false), (202, true), (202, false)]);
        entries.Skip(1).ShouldAllBe(e => e["outcome"]!["operation"]!.ToString() == first.Header("Location"));

        Task<IScenarioResult> Send() => app.Send(
            "POST", "/admin/projections/CustomerSummary/rebuilds", new { reason = "r" }, 202, Tokens.For(actor, "operator"), ("Idempotency-Key", actor));
    }

    [Fact]
    public async Task Reads_and_requests_of_nobody_are_not_recorded()
    {
        var before = await Newest();
        await app.Send("POST", Rebuilds, new { reason = "r" }, 401, "nonsense").ShouldBeProblem("unauthenticated");
        await app.Send("POST", Rebuilds, new { reason = "r" }, 401, headers: ("X-Forwarded-For", "203.0.113.7")).ShouldBeProblem("unauthenticated");
        await app.Send("GET", "/admin/projections", token: Tokens.For(actor, "operator"));
        await app.Send("POST", "/v1/orders", new { }, 400, Tokens.For(actor, "support"));
        (await app.Audit(actor, 0)).ShouldBeEmpty();
        (await Newest()).ShouldBe(before);

        async Task<string> Newest() => (await app.Send("GET", "/admin/streams/audit", expect: null).Json()).ToJsonString();
    }

    [Theory]
    [InlineData("\\u0000\\uD83D\\uDE00", "\uFFFD\U0001F600")]
    [InlineData("\\uD83D", null)]
    public async Task A_reason_that_the_database_could_not_keep_does_no_harm(string sent, string? kept)
    {
        await app.Host.Scenario(s =>
        {
            s.Post.Text($$"""{"reason":"{{sent}}"}""").ToUrl(Rebuilds);
            s.WithRequestHeader("Content-Type", "application/json");
            s.WithRequestHeader("Authorization", $"Bearer {Tokens.For(actor, "operator")}");
            s.StatusCodeShouldBe(400);
        });
        (await app.Attempt(actor))["reason"]?.ToString().ShouldBe(kept);
    }

    [Fact]
    public async Task Many_at_once_are_recorded_one_after_the_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => app.Insists(
            "POST", "/admin/projections/Nothing/rebuilds", new { reason = $"r{n}" }, ("Authorization", $"Bearer {Tokens.For(actor, "operator")}"))));
        var entries = await app.Audit(actor, 40);
        entries.Select(e => e["reason"]!.ToString()).ShouldBe(Enumerable.Range(0, 40).Select(n => $"r{n}"), ignoreOrder: true);
        entries.ShouldAllBe(e => (int)e["outcome"]!["status"]! == 404);
    }

    [Fact]
    public async Task It_is_listed_by_actor_and_time_in_pages()
    {
        foreach (var n in Enumerable.Range(0, 5))
        {
            await app.Send("POST", "/admin/projections/Nothing/rebuilds", new { reason = $"r{n}" }, 404, Tokens.For(actor, "operator"));
        }

        var all = await app.Audit(actor, 5);
        all.Select(e => e["reason"]!.ToString()).ShouldBe(["r4", "r3", "r2", "r1", "r0"]);
        var recorded = (await app.Send("GET", $"/admin/events?actor={actor}&type=AdminActionAttempted").Json())["items"]!.AsArray();
        var (from, to) = (At(recorded[3]!), At(recorded[1]!));
        var reasons = new List<string>();
        string? next = null;
        do
        {
            var page = await app.Send("GET", $"/admin/audit?actor={actor}&from={from}&to={to}&limit=1{(next is null ? "" : $"&cursor={next}")}").Json();
            reasons.AddRange(page["items"]!.AsArray().Select(e => e!["reason"]!.ToString()));
            next = page["next"]?.ToString();
        }
        while (next is not null);

        reasons.ShouldBe(["r2", "r1"]);
        (await app.Send("GET", "/admin/audit?from=tomorrow", expect: 400).Json())["errors"]!["from"].ShouldNotBeNull();

        static string At(JsonNode e) => e["recordedAt"]!.GetValue<DateTimeOffset>().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ");
    }

    private IEnumerable<(string Method, RouteEndpoint Endpoint)> Commands() =>
        from endpoint in app.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.RoutePattern.RawText!.StartsWith("/admin", StringComparison.OrdinalIgnoreCase)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        where method != "GET"
        select (method, endpoint);
}
