using System.Text.Json.Nodes;
using Monolith.Contracts.Operations;
using Npgsql;

namespace Monolith.Scenarios.Operations;

/// <summary>Messages that fail for good because a table refuses what their handler wants to write, and what operators do about them.</summary>
public sealed class TreatingDeadMessages(TestServer server) : IAsyncLifetime
{
    private const string Reservations = "inventory.mt_doc_reservation";
    private const string Letters = "/admin/dead-letters";

    private static readonly object Reason = new { reason = "the table is open again" };

    private App app = new(server);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(Reservations, "ReserveStock", false)]
    [InlineData("payments.mt_doc_payment", "OpenPayment", false)]
    [InlineData(Reservations, "ReserveStock", true)]
    public async Task A_replay_does_once_what_was_not_done(string table, string message, bool inCluster)
    {
        app = new App(server) { InCluster = inCluster };
        await app.InitializeAsync();
        var order = await HasFailed(table);
        var letter = (await List()).Single();
        letter["source"]!.ToString().ShouldBe("message");
        letter["messageType"]!.ToString().ShouldBe(message);
        letter["exceptionMessage"]!.ToString().ShouldContain("closed");
        letter["body"]!["orderId"]!.ToString().ShouldBe(order);
        ((bool)letter["replayable"]!).ShouldBeTrue();
        ((int)letter["attempts"]!).ShouldBeGreaterThan(0);
        (await app.StatusOf(order)).ShouldBe("placed");
        await Execute("create table public.copies as select * from wolverine.wolverine_dead_letters");

        await Opens(table);
        var address = $"{Letters}/{letter["id"]}";
        var accepted = await app.Send("POST", $"{address}/replay", Reason, expect: 202);
        accepted.Header("Location").ShouldBe(address);
        // It still waits, is being handled, or was.
        (await app.Send("POST", $"{address}/replay", Reason, expect: null)).Context.Response.StatusCode.ShouldBeOneOf(202, 409, 404);
        await Until("the order goes on", async () => await app.StatusOf(order) == "awaitingPayment");
        await app.Send("GET", address, expect: 404).ShouldBeProblem("not-found");

        // The same message is dead once more, although it was handled.
        await Execute("insert into wolverine.wolverine_dead_letters select * from public.copies");
        await app.Send("POST", $"{address}/replay", Reason, expect: 202);
        await Until("it is handled again", async () => await Count(
            "wolverine.wolverine_incoming_envelopes i where i.status = 'Handled' and exists (select from public.copies c where c.id = i.id and c.received_at = i.received_at)") == 1);

        (await List()).ShouldBeEmpty();
        (await app.StockOf("DM-1")).Reserved.ShouldBe(2);
        (await Count("events.mt_events where type = 'inventory.QuantityReserved'")).ShouldBe(1);
        (await Count("events.mt_events where type = 'payments.PaymentOpened'")).ShouldBe(1);
        (await Count("events.mt_events where type = 'ordering.PaymentRequested'")).ShouldBe(1);
    }

    [Fact]
    public async Task What_fails_again_comes_back()
    {
        await app.InitializeAsync();
        await HasFailed(Reservations);
        var letter = (await List()).Single();

        await app.Send("POST", $"{Letters}/{letter["id"]}/replay", Reason, expect: 202);

        await Until("it comes back", async () => (await List()) is [var back] && (int)back["replays"]! == 1 && !(bool)back["replaying"]!);
        (await List()).Single()["id"]!.ToString().ShouldBe(letter["id"]!.ToString());
    }

    [Fact]
    public async Task Who_did_what_and_why_is_recorded()
    {
        await app.InitializeAsync();
        await HasFailed(Reservations);
        await Copies("received_at = 'local://elsewhere/'");
        string[] ids = [.. (await List()).Select(l => l["id"]!.ToString())];

        await app.Send("POST", $"{Letters}/{ids[0]}/replay", Reason, expect: 202, token: Tokens.For("olga", "operator"));
        await app.Send("POST", $"{Letters}/{ids[1]}/discard", new { reason = "the order is void" }, token: Tokens.For("otto", "operator"));

        await using var session = app.Store.QuerySession();
        (await session.Events.FetchStreamAsync("dead-letters")).Select(e => Words(e.Data)).ShouldBe([
            $"replayed {ids[0]}: the table is open again, olga", $"discarded {ids[1]}: the order is void, otto"]);
        await app.Send("POST", $"{Letters}/discard", new { reason = "r", messageType = "Nothing" });
        (await session.Events.FetchStreamAsync("dead-letters")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_message_may_be_dead_in_two_queues()
    {
        await app.InitializeAsync();
        await HasFailed(Reservations);
        await Copies("received_at = 'local://elsewhere/'");
        var letters = await List();
        letters.Count.ShouldBe(2);
        letters.Select(l => l["id"]!.ToString()).ShouldBeUnique();
        var elsewhere = letters.Single(l => l["destination"]!.ToString() == "local://elsewhere/");

        (await app.Send("GET", $"{Letters}/{elsewhere["id"]}").Json())["destination"]!.ToString().ShouldBe("local://elsewhere/");
        ((int)(await app.Send("POST", $"{Letters}/{elsewhere["id"]}/discard", Reason).Json())["count"]!).ShouldBe(1);

        (await List()).Single()["destination"]!.ToString().ShouldNotBe("local://elsewhere/");
    }

    [Fact]
    public async Task In_bulk_only_what_matches_is_touched()
    {
        await app.InitializeAsync();
        await HasFailed(Reservations);
        await Copies("id = gen_random_uuid(), exception_type = 'System.TimeoutException'");
        await Copies("id = gen_random_uuid(), message_type = 'Monolith.Contracts.Inventory.ReleaseStock', failed_at = '2020-01-02'", "exception_type not like 'System%'");
        await Copies("id = gen_random_uuid(), failed_at = '2020-01-03'", "failed_at < '2021-01-01'");
        (await List()).Count.ShouldBe(4);

        (await Listed("messageType=ReserveStock")).ShouldBe(2);
        (await Listed("messageType=Stock")).ShouldBe(0);
        (await Listed("exceptionType=TimeoutException")).ShouldBe(1);
        (await Listed("exceptionType=System.TimeoutException&messageType=Monolith.Contracts.Inventory.ReserveStock")).ShouldBe(1);
        (await Listed("from=2020-01-02&to=2020-01-03")).ShouldBe(1);
        (await Listed("source=message")).ShouldBe(4);
        (await Listed("source=projection")).ShouldBe(0);

        (await Treated("discard", new { reason = "r", source = "projection" })).ShouldBe(0);
        (await Treated("discard", new { reason = "r", exceptionType = "TimeoutException", messageType = "ReleaseStock" })).ShouldBe(0);
        (await Treated("discard", new { reason = "r", exceptionType = "TimeoutException" })).ShouldBe(1);
        (await Treated("discard", new { reason = "r", messageType = "ReleaseStock", limit = 1 })).ShouldBe(1);
        (await List()).Select(l => l["failedAt"]!.ToString()[..10]).ShouldContain("2020-01-03", "the older one goes first");
        (await Treated("discard", new { reason = "r", from = "2020-01-03T00:00:00Z", to = "2020-01-04T00:00:00Z" })).ShouldBe(1);

        await Opens(Reservations);
        (await Treated("replay", new { reason = "r", messageType = "ReserveStock" }, expect: 202)).ShouldBe(1);
        await Until("it is done", async () => (await List()).Count == 0 && (await app.StockOf("DM-1")).Reserved == 2);
    }

    [Fact]
    public async Task The_newest_come_first_in_pages()
    {
        await app.InitializeAsync();
        await HasFailed(Reservations);
        await Execute("update wolverine.wolverine_dead_letters set failed_at = '2020-01-01'");
        await Copies("id = gen_random_uuid()");
        await Copies("id = gen_random_uuid(), failed_at = failed_at + interval '1 microsecond'");
        var all = (await List()).Select(l => (l["failedAt"]!.ToString(), l["id"]!.ToString())).ToList();
        all.Count.ShouldBe(4);
        all.ShouldBe(all.OrderByDescending(l => l.Item1, StringComparer.Ordinal).ThenByDescending(l => l.Item2, StringComparer.Ordinal));

        var paged = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await app.Send("GET", $"{Letters}?limit=1{cursor}").Json();
            paged.AddRange(page["items"]!.AsArray().Select(l => l!["id"]!.ToString()));
            cursor = page["next"] is { } next ? $"&cursor={next}" : null;
        }

        paged.ShouldBe(all.Select(l => l.Item2));
    }

    [Fact]
    public async Task Viewers_look_at_identifiers_and_change_nothing()
    {
        await app.InitializeAsync();
        var order = await HasFailed(Reservations);
        var viewer = Tokens.For("v", "viewer");

        var seen = (await app.Send("GET", Letters, token: viewer).Json())["items"]![0]!;
        seen["body"]!.AsObject().Select(member => member.Key).ShouldBe(["orderId"]);
        seen["body"]!["orderId"]!.ToString().ShouldBe(order);
        seen["exceptionMessage"]!.ToString().ShouldContain("closed for '***'");
        seen.ToString().ShouldNotContain("Anna Adam");
        seen.ToString().ShouldNotContain(" at ");

        foreach (var path in new[] { $"{Letters}/{seen["id"]}/replay", $"{Letters}/{seen["id"]}/discard", $"{Letters}/replay", $"{Letters}/discard" })
        {
            await app.Send("POST", path, Reason, expect: 403, token: viewer).ShouldBeProblem("forbidden");
        }

        var support = await app.Send("GET", $"{Letters}/{seen["id"]}", token: Tokens.For("s", "support")).Json();
        support["body"]!["lines"]![0]!["sku"]!.ToString().ShouldBe("DM-1");
        support["exceptionMessage"]!.ToString().ShouldContain("Anna Adam");
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused()
    {
        await app.InitializeAsync();
        await HasFailed(Reservations);
        var id = (await List()).Single()["id"]!.ToString();
        string[] unknown = ["some", $"{id}0", $"{id[..^1]}x", $"{Guid.NewGuid()}-12345678"];
        foreach (var what in new[] { "replay", "discard" })
        {
            foreach (var letter in unknown)
            {
                await app.Send("POST", $"{Letters}/{letter}/{what}", Reason, expect: 404).ShouldBeProblem("not-found");
            }

            await app.Send("POST", $"{Letters}/{id}/{what}", new { reason = " " }, expect: 400).ShouldBeProblem("invalid-input");
            await app.Send("POST", $"{Letters}/{what}", new { messageType = "ReserveStock" }, expect: 400).ShouldBeProblem("invalid-input");
            await app.Send("POST", $"{Letters}/{what}", new { reason = "r", limit = 0 }, expect: 400).ShouldBeProblem("invalid-input");
        }

        await app.Send("GET", $"{Letters}/some", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", $"{Letters}?source=moon", expect: 400).ShouldBeProblem("invalid-input");
        (await List()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_unreadable_or_at_work_is_not_replayed()
    {
        await app.InitializeAsync();
        await HasFailed(Reservations);
        await Copies("id = gen_random_uuid(), message_type = 'Monolith.Retired'");
        await Copies("id = gen_random_uuid(), received_at = 'nowhere://nobody/'", "message_type like '%ReserveStock'");
        await Execute(
            """
            insert into wolverine.wolverine_incoming_envelopes (id, status, owner_id, body, message_type, received_at)
            select id, 'Incoming', 0, body, message_type, received_at from wolverine.wolverine_dead_letters where received_at = 'nowhere://nobody/'
            """);
        var letters = await List();
        var retired = letters.Single(l => l["messageType"]!.ToString() == "Retired");
        ((bool)retired["replayable"]!).ShouldBeFalse();
        retired["body"].ShouldBeNull();

        foreach (var letter in new[] { retired, letters.Single(l => l["destination"]!.ToString() == "nowhere://nobody/") })
        {
            await app.Send("POST", $"{Letters}/{letter["id"]}/replay", Reason, expect: 409).ShouldBeProblem("state-conflict");
        }

        await Opens(Reservations);
        (await Treated("replay", Reason, expect: 202)).ShouldBe(1);
        await Until("the third is done", async () => (await List()).Count == 2);
    }

    /// <summary>An order whose way ends at a closed table.</summary>
    private async Task<string> HasFailed(string table)
    {
        await app.HasProduct("DM-1", pieces: 10);
        await Execute(
            $"""
            create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'closed for ''Anna Adam'''; end $$;
            create trigger refuse before insert on {table} for each row execute function public.refuse();
            """);
        return await app.HasOrder("DM-1", quantity: 2);
    }

    private Task Opens(string table) => Execute($"drop trigger refuse on {table}");

    /// <summary>Lays copies of dead letters beside them that differ in this.</summary>
    private Task Copies(string difference, string which = "true") => Execute(
        $"""
        create temp table more as select * from wolverine.wolverine_dead_letters where {which};
        update more set {difference};
        insert into wolverine.wolverine_dead_letters select * from more;
        drop table more
        """);

    private async Task<IReadOnlyList<JsonNode>> List() => [.. (await app.Send("GET", Letters).Json())["items"]!.AsArray().Select(l => l!)];

    private async Task<int> Listed(string filter) => (await app.Send("GET", $"{Letters}?{filter}").Json())["items"]!.AsArray().Count;

    private async Task<int> Treated(string what, object command, int expect = 200) =>
        (int)(await app.Send("POST", $"{Letters}/{what}", command, expect).Json())["count"]!;

    private static async Task Until(string what, Func<Task<bool>> expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await expected())
        {
            patience.IsCancellationRequested.ShouldBeFalse(what);
        }
    }

    private async Task<long> Count(string from)
    {
        await using var connection = await Superuser();
        await using var command = new NpgsqlCommand($"select count(*) from {from}", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task Execute(string sql)
    {
        await using var connection = await Superuser();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> Superuser()
    {
        var connection = new NpgsqlConnection(app.Data.Superuser);
        await connection.OpenAsync();
        return connection;
    }

    private static string Words(object e) => e switch
    {
        DeadLettersReplayed r => $"replayed {string.Join(',', r.DeadLetterIds)}: {r.Reason}, {r.Actor}",
        DeadLettersDiscarded d => $"discarded {string.Join(',', d.DeadLetterIds)}: {d.Reason}, {d.Actor}",
        _ => e.ToString()!,
    };
}
