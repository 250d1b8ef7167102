using System.Text.Json.Nodes;
using Npgsql;

namespace Monolith.Scenarios.Operations;

public sealed class AnAuditThatCannotBeWritten(App app) : IClassFixture<App>
{
    private const string Rebuilds = "/admin/projections/OrderList/rebuilds";

    [Fact]
    public async Task Keeps_an_action_from_being_done_before_it_and_shows_no_outcome_after_it()
    {
        await Refuse("operations.AdminActionAttempted");
        var refused = await app.Send("POST", Rebuilds, new { reason = "r" }, expect: 503, token: Tokens.For("otto", "operator"));
        await Task.FromResult(refused).ShouldBeProblem("unavailable");
        refused.Header("Retry-After").ShouldNotBeEmpty();
        (await app.Send("GET", "/admin/operations").Json())["items"]!.AsArray().ShouldBeEmpty();
        // Those who only read do not notice.
        await app.Send("GET", "/admin/projections", token: Tokens.For("otto", "operator"));

        await Refuse("operations.AdminActionFinished");
        var done = await app.Send("POST", Rebuilds, new { reason = "r" }, expect: 202, token: Tokens.For("otto", "operator"));
        await app.Succeeds(done.Header("Location"));
        var entry = (await app.Send("GET", "/admin/audit").Json())["items"]!.AsArray().Single()!;
        (entry["actor"]!.ToString(), entry["reason"]!.ToString(), entry["outcome"]).ShouldBe(("otto", "r", (JsonNode?)null));

        await Refuse("nothing");
        await app.Send("POST", "/admin/projections/Nothing/rebuilds", new { reason = "r" }, expect: 404, token: Tokens.For("olga", "operator"));
        ((int)(await app.Attempt("olga"))["outcome"]!["status"]!).ShouldBe(404);
    }

    /// <summary>The database takes no events of this type.</summary>
    private async Task Refuse(string type)
    {
        await using var database = NpgsqlDataSource.Create(app.Data.Superuser);
        await using var command = database.CreateCommand(
            $"""
            create or replace function events.refuse() returns trigger language plpgsql as $$ begin raise exception 'no %', new.type; end $$;
            drop trigger if exists refuse on events.mt_events_default;
            create trigger refuse before insert on events.mt_events_default for each row when (new.type = '{type}') execute function events.refuse();
            """);
        await command.ExecuteNonQueryAsync();
    }
}
