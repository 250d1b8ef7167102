using Monolith.Contracts.Ordering;
using Npgsql;

namespace Monolith.Scenarios.Operations;

public sealed class AnEventThatCannotBeFolded(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Is_set_aside_by_a_list_and_the_others_are_shown()
    {
        await app.HasProduct("BAD-1");
        var culprit = await app.Appends(OrderWithoutLines());
        var order = await app.HasOrder("BAD-1");
        await app.HasCaughtUp("OrderList");

        var projection = await app.Projection("OrderList");
        projection["status"]!.ToString().ShouldBe("running");
        projection["poison"]!.ToString().ShouldBe("setAside");
        var setAside = (int)projection["eventsSetAside"]!;
        setAside.ShouldBeGreaterThan(0);
        (await app.Send("GET", "/v1/orders").Json())["items"]!.AsArray().Select(o => o!["id"]!.ToString()).ShouldContain(order);

        // A rebuild comes to the same; a verification leaves no trace.
        await app.Succeeds(await app.Rebuilds("OrderList"));
        await app.Succeeds(await app.Verifies("OrderList"));
        ((int)(await app.Projection("OrderList"))["eventsSetAside"]!).ShouldBe(setAside);
        (await app.Number("select count(*) from kernel.mt_doc_setasideevent where data ->> 'projection' not in ('OrderList', 'OrderListPrevious')")).ShouldBe(0);
        (await app.Number($"select count(*) from kernel.mt_doc_setasideevent where id = 'OrderList@{culprit}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Is_looked_at_and_folded_again_after_the_fix()
    {
        await app.HasCaughtUp("OrderList");
        var culprit = await app.Appends(OrderWithoutLines());
        await app.HasCaughtUp("OrderList");
        var letter = (await app.Send("GET", "/admin/dead-letters?source=projection&limit=1").Json())["items"]![0]!;
        ((long)letter["body"]!["sequence"]!).ShouldBe(culprit);
        letter["messageType"]!.ToString().ShouldBe("OrderPlaced");
        letter["destination"]!.ToString().ShouldBe("OrderList");
        // Others stop at it, which is worse.
        var health = await app.Send("GET", "/health/projections", expect: 503).Json();
        health["health"]!["problems"]!.AsArray().Select(p => p!["name"]!.ToString()).ShouldContain("deadLetters");

        // Not fixed yet: it fails and is there again.
        await app.Send("POST", $"/admin/dead-letters/{letter["id"]}/replay", new { reason = "perhaps" }, expect: 202);
        var failed = (await app.Follow(await Latest()))[^1];
        failed["kind"]!.ToString().ShouldBe("reapplication");
        failed["status"]!.ToString().ShouldBe("failed");
        failed["error"]!.ToString().ShouldContain($"{culprit}");
        await app.Until("OrderList", p => p["status"]!.ToString() == "running");

        await app.Superuser("update events.mt_events set data = jsonb_set(data, '{lines}', '[]') where seq_id = $1", culprit);
        await app.Send("POST", $"/admin/dead-letters/{letter["id"]}/replay", new { reason = "fixed" }, expect: 202);
        await app.Succeeds(await Latest());
        await app.Send("GET", $"/admin/dead-letters/{letter["id"]}", expect: 404).ShouldBeProblem("not-found");
        (await app.Number($"select count(*) from ordering.mt_doc_orderlistitem d join events.mt_events e on e.stream_id = d.id where e.seq_id = {culprit}")).ShouldBe(1);
    }

    [Fact]
    public async Task Is_folded_again_whatever_stopped_the_projection_before()
    {
        await app.HasProduct("BAD-3");
        var culprit = await app.Appends(OrderWithoutLines());
        await app.HasCaughtUp("OrderList");
        await app.Superuser("update events.mt_events set data = jsonb_set(data, '{lines}', '[]') where seq_id = $1", culprit);
        // The error stays where the projection stops, and it takes a while until it is known that it runs again.
        await app.Superuser(
            """
            create function events.leave_behind() returns trigger language plpgsql as $$
            begin
              if new.agent_status = 'Stopped' then new.pause_reason := 'System.IO.IOException: cut'; new.failure_category := 'Other'; end if;
              if new.agent_status = 'Running' and old.agent_status is distinct from 'Running' then perform pg_sleep(2); end if;
              return new;
            end $$
            """);
        await app.Superuser(
            "create trigger leave_behind before update on events.mt_event_progression for each row when (new.name = 'OrderList:All') execute function events.leave_behind()");
        await app.Superuser(
            "create function kernel.wait_for_others() returns trigger language plpgsql set lock_timeout = 0 as $$ begin perform pg_advisory_xact_lock(1); return old; end $$");
        await app.Superuser(
            "create trigger wait_for_others before delete on kernel.mt_doc_setasideevent for each row execute function kernel.wait_for_others()");
        try
        {
            var operation = await ReplaysWhileOthersBuy(culprit);
            await app.Succeeds(operation);
        }
        finally
        {
            await app.Superuser("drop function events.leave_behind() cascade");
            await app.Superuser("drop function kernel.wait_for_others() cascade");
        }
    }

    [Fact]
    public async Task Stops_what_counts_money_until_it_can_be_read()
    {
        await app.HasCaughtUp("UnmatchedPayments");
        await app.Superuser("insert into events.mt_streams (id, type, version, tenant_id) values ('webhook-bad', 'unmatched_payment', 1, '*DEFAULT*')");
        await app.Superuser(
            """
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type)
            values (nextval('events.mt_events_sequence'), gen_random_uuid(), 'webhook-bad', 1,
                    '{"webhookId": "bad", "reason": "unknownType", "reportedAt": "never"}', 'payments.ReportRejected', now(), '*DEFAULT*', 'None')
            """);
        var culprit = await app.Head();

        await app.Until("UnmatchedPayments", p => p["status"]!.ToString() == "failed");
        var projection = await app.Projection("UnmatchedPayments");
        projection["lastError"]!.ToString().ShouldContain($"{culprit}");
        projection["lastError"]!.ToString().ShouldNotContain(" at Monolith.");
        ((long)projection["lagEvents"]!).ShouldBeGreaterThan(0);
        ((double)projection["lagSeconds"]!).ShouldBeGreaterThan(0);

        // A rebuild stops at the same event, and readers keep what they had.
        var outcome = (await app.Follow(await app.Rebuilds("UnmatchedPayments")))[^1];
        outcome["status"]!.ToString().ShouldBe("failed");
        outcome["error"]!.ToString().ShouldContain($"{culprit}");
        ((double)outcome["percent"]!).ShouldBeLessThan(100);
        (await app.Leftovers()).ShouldBeEmpty();
        await app.Until("UnmatchedPayments", p => p["status"]!.ToString() == "failed");

        // After the fix it goes on where it stood.
        await app.Superuser("update events.mt_events set data = jsonb_set(data, '{reportedAt}', '\"2026-01-01T00:00:00Z\"') where stream_id = 'webhook-bad'");
        await app.Send("POST", "/admin/projections/UnmatchedPayments/resume", new { reason = "fixed" });
        await app.HasCaughtUp("UnmatchedPayments");
        await app.Until("UnmatchedPayments", p => p["status"]!.ToString() == "running");
        (await app.Projection("UnmatchedPayments"))["lastError"].ShouldBeNull();
        (await app.Send("GET", "/v1/payments/unmatched").Json())["items"]!.AsArray().ShouldHaveSingleItem()!["webhookId"]!.ToString().ShouldBe("bad");
    }

    [Fact]
    public async Task Is_named_where_streams_are_read_whole()
    {
        await app.HasProduct("BAD-2");
        var order = await app.HasOrder("BAD-2");
        await app.HasCaughtUp("OrderList");
        var culprit = await app.Number($"select seq_id from events.mt_events where stream_id = '{order}' and version = 1");
        await app.Superuser("update events.mt_events set data = jsonb_set(data, '{placedAt}', '\"never\"') where seq_id = $1", culprit);

        var outcome = (await app.Follow(await app.Rebuilds("OrderList")))[^1];

        outcome["status"]!.ToString().ShouldBe("failed");
        outcome["error"]!.ToString().ShouldContain($"{culprit}");
        outcome["error"]!.ToString().ShouldContain("OrderPlaced");
        (await app.Leftovers()).ShouldBeEmpty();
        await app.Superuser("update events.mt_events set data = jsonb_set(data, '{placedAt}', '\"2026-01-01T00:00:00Z\"') where seq_id = $1", culprit);
    }

    /// <summary>The projection stands still until there is something for it to catch up with.</summary>
    private async Task<string> ReplaysWhileOthersBuy(long culprit)
    {
        await using var database = NpgsqlDataSource.Create(app.Data.Superuser);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("select pg_advisory_xact_lock(1)", connection, transaction);
        await hold.ExecuteNonQueryAsync();

        await app.Send("POST", $"/admin/dead-letters/OrderList@{culprit}/replay", new { reason = "fixed" }, expect: 202);
        await app.Until("OrderList", p => p["node"] is null);
        await app.HasOrder("BAD-3");
        await app.HasCaughtUp("CustomerSummary");
        return await Latest();
    }

    private async Task<string> Latest() => $"/admin/operations/{(await app.Send("GET", "/admin/operations?limit=1").Json())["items"]![0]!["id"]}";

    private static OrderPlaced OrderWithoutLines() => new(
        Guid.CreateVersion7().ToString(), "anna", "EUR", Lines: null!, new Recipient("A", "S", "C", "1", "DE"), DeliveryService.Standard,
        new DeliveryCharge(0, 0, Zone: null, 0), ItemsTotal: 1, Total: 1, DateTimeOffset.UnixEpoch);
}
