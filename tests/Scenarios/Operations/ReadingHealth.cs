using Npgsql;

namespace Monolith.Scenarios.Operations;

public sealed class ReadingHealth(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Projections_that_follow_the_log_are_healthy()
    {
        await app.HasProduct("HE-1");
        await app.HasOrder("HE-1");
        var head = await app.Head();
        foreach (var path in new[] { "/v1/orders", "/v1/reports/orders-per-day", "/v1/customers/anna/summary" })
        {
            await app.Send("GET", $"{path}?minSequence={head}");
        }

        var health = await app.Send("GET", "/health/projections").Json();

        health["status"]!.ToString().ShouldBe("healthy");
        ((long)health["mark"]!).ShouldBe(head);
        ((long)health["head"]!).ShouldBe(head);
        ((double)health["lagSeconds"]!).ShouldBe(0);
        health["projections"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public async Task It_is_for_staff_from_elsewhere()
    {
        var proxied = ("X-Forwarded-For", "203.0.113.7");
        await app.Send("GET", "/health/projections", expect: 401, headers: proxied).ShouldBeProblem("unauthenticated");
        await app.Send("GET", "/health/projections", expect: 403, token: Tokens.For("c", "customer"), headers: proxied).ShouldBeProblem("forbidden");
        await app.Send("GET", "/health/projections", token: Tokens.For("v", "viewer"), headers: proxied);
        await app.Send("GET", "/metrics", token: Tokens.For("v", "viewer"), headers: proxied);
    }

    [Fact]
    public async Task A_dead_letter_is_seen()
    {
        await using var connection = new NpgsqlConnection(app.Data.Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "insert into events.mt_doc_deadletterevent (id, data) values (gen_random_uuid(), '{}')", connection);
        await command.ExecuteNonQueryAsync();

        var health = await app.Send("GET", "/health/projections").Json();

        health["status"]!.ToString().ShouldBe("degraded");
        ((long)health["openDeadLetters"]!).ShouldBe(1);
        await using var undo = new NpgsqlCommand("delete from events.mt_doc_deadletterevent", connection);
        await undo.ExecuteNonQueryAsync();
    }
}
