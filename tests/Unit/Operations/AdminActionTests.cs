using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Monolith.Kernel.Commands;
using Monolith.Operations.Auditing;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Operations;

public class AdminActionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 10, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"reason":"why"}""", "why")]
    [InlineData("""{"REASON":"why"}""", "why")]
    [InlineData("""{"reason":"first","Reason":"last"}""", "last")]
    [InlineData("""{"reason":""}""", "")]
    [InlineData("""{"reason":"a\u0000b"}""", "a\uFFFDb")]
    [InlineData("""{"reason":4}""", null)]
    [InlineData("""{"reason":null}""", null)]
    [InlineData("""{"reason":"\uD83D"}""", null)]
    [InlineData("""{"\uD83D":1,"reason":"why"}""", null)]
    [InlineData("""{"other":{"reason":"deeper"}}""", null)]
    [InlineData("""["reason"]""", null)]
    [InlineData("{}", null)]
    public void The_reason_is_a_text_at_the_top_of_the_body(string body, string? reason) =>
        AdminAction.ReasonIn(JsonDocument.Parse(body).RootElement).ShouldBe(reason);

    [Fact]
    public void A_long_reason_is_cut_between_characters() =>
        AdminAction.ReasonIn(JsonSerializer.SerializeToElement(new { reason = string.Concat(Enumerable.Repeat("\U0001F600", 501)) }))
            .ShouldBe(string.Concat(Enumerable.Repeat("\U0001F600", 500)));

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    public async Task A_body_that_is_no_json_has_no_reason_and_is_left_to_be_read(string body)
    {
        var http = new DefaultHttpContext();
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        (await AdminAction.ReadReason(http.Request)).ShouldBeNull();
        (await new StreamReader(http.Request.Body).ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(body);
    }

    [Fact]
    public void An_attempt_names_the_route_and_its_values()
    {
        var http = Request("POST", "/admin/a/1/b/2", "/admin/a/{first}/b/{second}", ("second", "2"), ("first", "1"));
        var attempt = AdminAction.Attempt(http, "why", "action-1", Now);
        (attempt.ActionId, attempt.Actor, attempt.Action, attempt.Target, attempt.Reason, attempt.CorrelationId, attempt.AttemptedAt)
            .ShouldBe(("action-1", "olga", "POST /admin/a/{first}/b/{second}", "1/2", "why", "web-1", Now));
        attempt.Roles.ShouldBe(["operator", "viewer"]);
    }

    [Fact]
    public void An_attempt_without_a_route_names_the_path()
    {
        var attempt = AdminAction.Attempt(Request("DELETE", "/admin/nowhere", route: null), reason: null, "action-1", Now);
        (attempt.Action, attempt.Target, attempt.Reason).ShouldBe(("DELETE /admin/nowhere", null, null));
        AdminAction.Attempt(Request("POST", "/admin/all", "/admin/all"), reason: null, "action-1", Now).Target.ShouldBeNull();
    }

    [Fact]
    public void An_outcome_has_the_problem_of_a_refusal_only()
    {
        var http = new DefaultHttpContext();
        http.Features.Set(new ProblemDetails { Type = "/problems/forbidden" });
        http.Response.StatusCode = 403;
        AdminAction.Outcome(http, "action-1", Now).Problem.ShouldBe("/problems/forbidden");

        // A refusal that was replaced by the answer of a twin.
        http.Response.StatusCode = 200;
        AdminAction.Outcome(http, "action-1", Now).Problem.ShouldBeNull();
    }

    [Fact]
    public void An_outcome_has_the_address_of_an_operation_that_was_started()
    {
        var http = new DefaultHttpContext();
        http.Response.Headers.Location = "/admin/operations/1";
        http.Response.StatusCode = 201;
        AdminAction.Outcome(http, "action-1", Now).Operation.ShouldBeNull();
        http.Response.StatusCode = 202;
        var outcome = AdminAction.Outcome(http, "action-1", Now);
        (outcome.ActionId, outcome.Status, outcome.Operation, outcome.IsRepeated, outcome.FinishedAt).ShouldBe(("action-1", 202, "/admin/operations/1", false, Now));

        http.Features.Set(new IdempotentReply("id", "hash", 202, "{}", ETag: null, Location: null, LastStream: null, LastVersion: 0, Now));
        AdminAction.Outcome(http, "action-1", Now).IsRepeated.ShouldBeTrue();
    }

    private static DefaultHttpContext Request(string method, string path, string? route, params (string Name, string Value)[] values)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        http.Request.Path = path;
        http.Request.Headers["X-Correlation-ID"] = "web-1";
        http.User = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim("sub", "olga"), new Claim("role", "viewer"), new Claim("role", "operator"), new Claim("role", "of elsewhere")], "test", "sub", "role"));
        foreach (var (name, value) in values)
        {
            http.Request.RouteValues[name] = value;
        }

        if (route is not null)
        {
            http.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(route), order: 0, EndpointMetadataCollection.Empty, displayName: null));
        }

        return http;
    }
}
