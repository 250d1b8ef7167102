using Npgsql;

namespace Monolith.Scenarios.Operations;

/// <summary>On a database that has no audit yet.</summary>
public sealed class TheFirstAttempts(App app) : IClassFixture<App>
{
    [Fact]
    public async Task All_are_recorded_without_a_conflict_and_without_a_gap_in_the_log()
    {
        (await app.Send("GET", "/admin/audit").Json())["items"]!.AsArray().ShouldBeEmpty();
        var token = $"Bearer {Tokens.For("olga", "operator")}";
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => app.Send(
            "POST", "/admin/projections/Nothing/rebuilds", new { reason = "r" }, expect: 404, headers: ("Authorization", token))));

        (await app.Audit("olga", 30)).ShouldAllBe(e => (int)e["outcome"]!["status"]! == 404);
        ((int)(await app.Send("GET", "/admin/streams/audit").Json())["version"]!).ShouldBe(60);
        await using var database = NpgsqlDataSource.Create(app.Data.App);
        await using var gaps = database.CreateCommand("select (select last_value from events.mt_events_sequence) - count(*) from events.mt_events");
        ((long)(await gaps.ExecuteScalarAsync())!).ShouldBe(0);
    }
}
