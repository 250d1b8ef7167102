using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using JasperFx.Events.Daemon;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace Monolith.Scenarios.Operations;

/// <summary>Every fault is made for real, shows under its own name, and goes when the fault goes. The limits are lowered, so that nobody waits.</summary>
public sealed class HealthThatCannotLie(TestServer server) : IAsyncLifetime
{
    private App app = null!;

    private IProjectionDaemon Daemon => app.Host.Services.GetRequiredService<IProjectionCoordinator>().DaemonForMainDatabase();

    public async ValueTask InitializeAsync() => await Start(await server.NewDatabase());

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_dead_high_water_agent()
    {
        await app.HasProduct("HL-1");
        await Shows([]);

        // What the daemon offers for it is not part of its interface.
        await (Task)Daemon.GetType().GetMethod("PauseHighWaterAgentAsync")!.Invoke(Daemon, [])!;

        // Without a single new event, and though the mark is where the log ends.
        var health = await Until((problems, _) => problems.Select(p => (Name(p), p["subject"]!.ToString())).SequenceEqual([("highWaterStalled", "node 1")]));
        health["status"]!.ToString().ShouldBe("unhealthy");
        ((double)health["highWaterAgeSeconds"]!).ShouldBeGreaterThan(4);
        await LiveAndReady();

        await app.HasOrder("HL-1");
        health = await Shows(["highWaterBehind", "highWaterStalled", "projectionBehind"]);
        ((long)health["mark"]!).ShouldBeLessThan((long)health["head"]!);

        await Daemon.RestartHighWaterAgentAsync(CancellationToken.None);
        await Shows([]);
    }

    [Fact]
    public async Task A_high_water_agent_that_hangs()
    {
        await app.HasProduct("HL-2");
        await Shows([]);
        await using var connection = await Superuser();
        await using (var transaction = await Hold(connection, "select from events.mt_event_progression where name = 'HighWaterMark' for update"))
        {
            await ShowsAmongOthers("highWaterStalled");
            await LiveAndReady();
        }

        await Shows([]);
    }

    [Fact]
    public async Task A_shard_that_hangs()
    {
        await app.DisposeAsync();
        // Nothing ends its waiting.
        await Start(app.Data with { App = $"{app.Data.App};Command Timeout=0;Options=-c lock_timeout=0" });
        await app.HasProduct("HL-3");
        await Shows([]);
        await using var connection = await Superuser();
        await using (var transaction = await Hold(connection, "select from events.mt_event_progression where name = 'OrderList:All' for update"))
        {
            await app.HasOrder("HL-3");

            var health = await ShowsAmongOthers("projectionFrozen");
            health["problems"]!.AsArray().Single(p => Name(p!) == "projectionFrozen")!["subject"]!.ToString().ShouldBe("OrderList");
            health["status"]!.ToString().ShouldBe("unhealthy");
            await LiveAndReady();
        }

        await Shows([]);
    }

    [Fact]
    public async Task A_shard_that_waits_for_a_lock_in_vain()
    {
        await app.DisposeAsync();
        // Only as one of a cluster does a node begin again with what failed.
        await Start(app.Data, inCluster: true);
        await app.HasProduct("HL-13");
        await Shows([]);
        await using var connection = await Superuser();
        await using (var transaction = await Hold(connection, "select from events.mt_event_progression where name = 'OrderList:All' for update"))
        {
            await app.HasOrder("HL-13");

            var health = await ShowsAmongOthers("projectionFailed");
            var problem = health["problems"]!.AsArray().Single(p => Name(p!) == "projectionFailed")!;
            problem["subject"]!.ToString().ShouldBe("OrderList");
            problem["detail"]!.ToString().ShouldContain("lock timeout");
        }

        await Shows([]);
    }

    [Fact]
    public async Task A_shard_that_no_node_runs()
    {
        await app.HasProduct("HL-4");
        await Shows([]);

        await Daemon.StopAgentAsync("OrderList:All");
        var health = await Shows(["projectionStopped"]);
        health["problems"]![0]!["subject"]!.ToString().ShouldBe("OrderList");
        await LiveAndReady();

        await Daemon.StartAgentAsync("OrderList:All", CancellationToken.None);
        await Shows([]);
    }

    /// <summary>What a shard writes when it begins can be lost with the database, or come before the last word of the one that it replaces.</summary>
    [Fact]
    public async Task A_shard_that_runs_although_it_is_written_that_it_stopped()
    {
        await app.HasProduct("HL-11");
        await app.HasOrder("HL-11");
        await Shows([]);
        await using var connection = await Superuser();

        await Execute(connection, "update events.mt_event_progression set agent_status = 'Paused', failure_category = 'Other' where name = 'OrderList:All'");

        await Shows([]);
    }

    /// <summary>As a node finds it that stood still while another one went on.</summary>
    [Fact]
    public async Task A_shard_that_was_overtaken()
    {
        await app.HasProduct("HL-12");
        await app.HasOrder("HL-12");
        await Shows([]);
        await using var connection = await Superuser();

        await Execute(connection, "update events.mt_event_progression set last_seq_id = nextval('events.mt_events_sequence') where name = 'OrderList:All'");
        await app.HasOrder("HL-12");

        await Until((_, health) => (double)health["lagSeconds"]! == 0 && health["projections"]!.AsArray().All(p => p!["status"]!.ToString() == "running"));
    }

    [Fact]
    public async Task A_transaction_that_is_left_open()
    {
        await app.HasProduct("HL-5");
        await Shows([]);
        await using var connection = await Superuser("careless");
        await using (var transaction = await Hold(connection, "select 'a secret'"))
        {
            var health = await Shows(["idleTransaction"]);

            health["status"]!.ToString().ShouldBe("degraded");
            health["problems"]![0]!["subject"]!.ToString().ShouldBe($"pid {connection.ProcessID}");
            var who = health["idleTransactions"]!.AsArray().Single()!;
            ((int)who["pid"]!).ShouldBe(connection.ProcessID);
            who["application"]!.ToString().ShouldBe("careless");
            who["state"]!.ToString().ShouldBe("idle in transaction");
            ((double)who["seconds"]!).ShouldBeGreaterThan(4);
            health.ToString().ShouldNotContain("a secret");
        }

        await Shows([]);
    }

    /// <summary>It has drawn a number of the log, so the mark must wait for it.</summary>
    [Fact]
    public async Task A_transaction_that_holds_the_mark_back()
    {
        await app.HasProduct("HL-6");
        await Shows([]);
        await using var connection = await Superuser();
        await using (var transaction = await Hold(connection, "create table public.held (id int); select nextval('events.mt_events_sequence')"))
        {
            await app.HasOrder("HL-6");
            var health = await Shows(["highWaterBehind", "idleTransaction", "projectionBehind"]);
            ((double)health["markLagSeconds"]!).ShouldBeGreaterThan(4);
            ((double)health["highWaterAgeSeconds"]!).ShouldBeLessThan(4);
        }

        // The number is lost with the transaction, and the mark goes on without it.
        (await ShowsAmongOthers("skippedSequences"))["skippedSequences"]!.AsArray().Single()!["missing"]!.ToString().ShouldBe("1");
        await Shows([]);
    }

    [Theory]
    [InlineData("inboxStuck", "incoming", "received_at", "status, owner_id", "'Incoming', 0")]
    [InlineData("inboxStuck", "incoming", "received_at", "status, owner_id", "'Incoming', 1")]
    [InlineData("outboxStuck", "outgoing", "destination", "owner_id", "1")]
    public async Task A_message_that_waits(string name, string box, string address, string columns, string values)
    {
        await app.HasProduct("HL-7");
        await app.HasOrder("HL-7");
        await Shows([]);
        await using var connection = await Superuser();
        await Execute(
            connection,
            $"""
            insert into wolverine.wolverine_{box}_envelopes (id, body, message_type, {address}, {columns})
            select gen_random_uuid(), body, message_type, 'nowhere://nobody/', {values}
            from wolverine.wolverine_incoming_envelopes where status = 'Handled' limit 1
            """);

        var health = await Shows([name]);
        health["status"]!.ToString().ShouldBe("degraded");
        ((double)health[name.Replace("Stuck", "AgeSeconds", StringComparison.Ordinal)]!).ShouldBeGreaterThan(4);

        await Execute(connection, $"delete from wolverine.wolverine_{box}_envelopes where {address} = 'nowhere://nobody/'");
        await Shows([]);
    }

    [Fact]
    public async Task A_message_that_is_scheduled_waits_only_when_it_is_overdue()
    {
        await app.HasProduct("HL-8");
        await app.HasOrder("HL-8");
        // The payment is due tomorrow.
        (await Shows([]))["inboxAgeSeconds"]!.ToString().ShouldBe("0");
        await using var connection = await Superuser();
        const string deadline = "wolverine.wolverine_incoming_envelopes where status = 'Scheduled' and message_type like '%PaymentDeadline'";
        await Execute(connection, $"update {deadline.Replace(" where", " set execution_time = now() + interval '2 s' where", StringComparison.Ordinal)}");
        await using (var transaction = await Hold(connection, $"select from {deadline} for update"))
        {
            await Shows(["idleTransaction", "inboxStuck"]);
        }

        await Shows([]);
    }

    [Fact]
    public async Task What_is_set_aside()
    {
        await app.HasProduct("HL-9");
        await app.HasOrder("HL-9");
        await Shows([]);
        await using var connection = await Superuser();
        await Execute(
            connection,
            """
            insert into events.mt_doc_deadletterevent (id, data) values (gen_random_uuid(), '{}');
            insert into wolverine.wolverine_dead_letters (id, body, message_type, received_at, sent_at, replayable)
            select id, body, message_type, received_at, now(), false from wolverine.wolverine_incoming_envelopes where status = 'Handled' limit 2
            """);

        var health = await Shows(["deadLetters"]);
        ((long)health["openDeadLetters"]!).ShouldBe(3);
        ((long)health["deadLetters"]!["messages"]!).ShouldBe(2);
        ((long)health["deadLetters"]!["projections"]!).ShouldBe(1);

        await Execute(connection, "delete from events.mt_doc_deadletterevent; delete from wolverine.wolverine_dead_letters");
        await Shows([]);
    }

    /// <summary>Asked of the instruments themselves: the exporter drops those of all hosts in this process when one of the hosts ends.</summary>
    [Fact]
    public async Task The_metrics_tell_the_same()
    {
        await app.HasProduct("HL-10");
        await using var connection = await Superuser();
        await using var transaction = await Hold(connection, "select 1");
        await Shows(["idleTransaction"]);

        var measured = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "Monolith.Health" && instrument.Meter.Scope == app.Host.Services.GetRequiredService<IMeterFactory>())
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured[$"{instrument.Name} {(tags is [var tag, ..] ? tag.Value : "")}"] = value);
        listener.Start();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (measured.GetValueOrDefault("monolith-health-problems idleTransaction") != 1)
        {
            patience.IsCancellationRequested.ShouldBeFalse(string.Join('\n', measured));
            listener.RecordObservableInstruments();
        }

        measured["monolith-health-problems projectionFrozen"].ShouldBe(0);
        measured["monolith-high-water-age "].ShouldBeLessThan(4);
        measured["monolith-projection-lag OrderList"].ShouldBeGreaterThanOrEqualTo(0);
    }

    private async Task Start(TestDatabase data, bool inCluster = false)
    {
        app = new App(data) { InCluster = inCluster };
        foreach (var limit in new[] { "HighWaterStalled", "HighWaterBehind", "ProjectionFrozen", "ProjectionBehind", "IdleTransaction", "OutboxStuck", "InboxStuck", "SkipsShownFor" })
        {
            app.Settings[$"Health:{limit}"] = "00:00:04";
        }

        await app.InitializeAsync();
    }

    /// <summary>Waits until exactly these names show, and, where there is none, until nothing is left to do.</summary>
    private Task<JsonNode> Shows(string[] names) => Until((problems, health) =>
        problems.Select(Name).Distinct().Order().SequenceEqual(names) && (names.Length > 0 || (double)health["lagSeconds"]! == 0));

    private Task<JsonNode> ShowsAmongOthers(string name) => Until((problems, _) => problems.Select(Name).Contains(name));

    private static string Name(JsonNode problem) => problem["name"]!.ToString();

    private async Task<JsonNode> Until(Func<IEnumerable<JsonNode>, JsonNode, bool> expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await Health() is var health)
        {
            if (expected(health["problems"]!.AsArray().Select(p => p!), health))
            {
                return health;
            }

            patience.IsCancellationRequested.ShouldBeFalse(health.ToString());
        }

        throw new InvalidOperationException();
    }

    private async Task<JsonNode> Health()
    {
        var answer = await app.Send("GET", "/health/projections", expect: null);
        var body = JsonNode.Parse(await answer.ReadAsTextAsync())!;
        var health = answer.Context.Response.StatusCode == 503 ? body["health"]! : body;
        (health["status"]!.ToString() == "unhealthy").ShouldBe(answer.Context.Response.StatusCode == 503);
        return health;
    }

    /// <summary>Whoever restarts processes by these must not be told to by a projection.</summary>
    private async Task LiveAndReady()
    {
        await app.Send("GET", "/health/projections", expect: 503).ShouldBeProblem("unavailable");
        await app.Send("GET", "/health/live");
        await app.Send("GET", "/health/ready");
    }

    private async Task<NpgsqlConnection> Superuser(string application = "test")
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(app.Data.Superuser) { ApplicationName = application }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Begins a transaction, does this in it, and then nothing more.</summary>
    private static async Task<NpgsqlTransaction> Hold(NpgsqlConnection connection, string sql)
    {
        var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, sql);
        return transaction;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
