using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Monolith.Host.Hosting;
using Npgsql;

namespace Monolith.Cluster;

/// <summary>The backup and the restore of <c>db/README.md</c>, taken while customers buy, brought back on an empty server after the world has gone on.</summary>
public sealed class RestoringABackup(TestServer server) : IAsyncLifetime
{
    private const string Sku = "DRILL-1";
    private const int Customers = 4;

    private static readonly int OrdersOfCustomer = Scale.Of(smoke: 25, full: 1_000);

    private readonly TestServer other = new();
    private readonly ConcurrentQueue<string> told = new();
    private readonly string dump = Path.Combine(Path.GetTempPath(), $"monolith-{Guid.NewGuid():N}.dump");
    private WebApplication receiver = null!;
    private volatile bool isAway = true;

    public async ValueTask InitializeAsync()
    {
        await other.InitializeAsync();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        receiver = builder.Build();
        receiver.MapPost("/alerts", (HttpRequest request) => Hear(request));
        await receiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        await other.DisposeAsync();
        File.Delete(dump);
    }

    [Fact]
    public async Task Brings_back_what_was_there_and_tells_nobody_anything_twice()
    {
        var data = await server.NewDatabase();
        await using var node = new Node(data, Settings);
        node.Start();
        // Of what was there before a processor was looked at for the first time, nobody is told.
        await Until(async () => await Number(data, "select count(*) from insights.mt_doc_alertcursor where id = 'stock-levels'") > 0, "the first look for alerts");
        await Opens(node);
        // An alert waits for its receiver, who is away.
        await Until(async () => await Number(data, "select count(*) from wolverine.wolverine_incoming_envelopes where message_type like '%SendAlert' and status <> 'Handled'") > 0, "an alert that waits");

        var buying = Enumerable.Range(0, Customers).Select(c => Buys(node, c)).ToArray();
        await Until(async () => await Number(data, "select count(*) from events.mt_events where type = 'ordering.OrderPlaced'") > Customers, "the first orders");
        var place = await node.Get("/v1/events?limit=1");
        await PostgresTool.Run("pg_dump", data.Superuser, "--role=monolith_reader", "--format=custom", "--exclude-schema=secrets", $"--file={dump}");
        await Task.WhenAll(buying);
        isAway = false;
        await Until(() => !told.IsEmpty, "the alert");
        var last = await Number(data, "select max(seq_id) from events.mt_events");
        await node.Kill();

        var restored = await Restore(data);
        var sent = told.Count;
        await using var again = new Node(restored, Settings);
        again.Start();
        await IsWhole(again, restored);
        using (var old = await again.Http.GetAsync(new Uri($"/v1/events?after={place["next"]}&epoch={place["epoch"]}", UriKind.Relative)))
        {
            old.StatusCode.ShouldBe(HttpStatusCode.Gone);
        }

        using var fresh = await new Customer(again, "after").Orders(Sku);
        long.Parse(fresh.Headers.GetValues("Monolith-Sequence").Single()).ShouldBeGreaterThan(last);
        await Until(async () => (await again.Get("/admin/projections?limit=200"))["items"]!.AsArray().All(p => (long)p!["lagEvents"]! == 0), "the head of the log");
        (await again.Get("/admin/dead-letters"))["items"]!.AsArray().ShouldHaveSingleItem()!["messageType"]!.ToString().ShouldEndWith("SendAlert");
        told.Count.ShouldBe(sent);
    }

    private (string, string)[] Settings =>
        [("Insights__Alerts__WebhookUrl", $"{receiver.Urls.Single()}/alerts"), ("Insights__Alerts__WebhookSecret", Node.WebhookSecret)];

    private IResult Hear(HttpRequest request)
    {
        if (isAway)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        told.Enqueue(request.Headers["webhook-id"]!);
        return Results.NoContent();
    }

    /// <summary>A product that is sold, and one that has almost run out.</summary>
    private static async Task Opens(Node node)
    {
        await node.Sells(Sku);
        await node.Sells("RARE-1");
        await node.Post("/v1/stock/RARE-1/adjustments", new { delta = -9_997, reason = "counted" });
    }

    private static async Task Buys(Node node, int customer)
    {
        for (var n = 0; n < OrdersOfCustomer; n++)
        {
            using var answer = await new Customer(node, $"customer-{customer}-{n}").Orders(Sku);
        }
    }

    /// <returns>The database on the other server, where only the superuser has been before.</returns>
    private async Task<TestDatabase> Restore(TestDatabase original)
    {
        var (superuser, name) = (other.Superuser, new NpgsqlConnectionStringBuilder(original.Superuser).Database!);
        await PostgresTool.Run("pg_restore", superuser, "--create", "--exit-on-error", "--dbname=postgres", dump);
        var (owner, app, archiver) = (FreshDatabase.For(superuser, name, "monolith_owner"), FreshDatabase.For(superuser, name, "monolith_app"), FreshDatabase.For(superuser, name, "monolith_archiver"));
        await Schema.Apply(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"ConnectionStrings:{Database.OwnerName}", (string?)owner)]).Build());
        await using var source = NpgsqlDataSource.Create(owner);
        await using var command = source.CreateCommand(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "after-restore.sql")));
        await command.ExecuteNonQueryAsync();
        return new TestDatabase(new NpgsqlConnectionStringBuilder(superuser) { Database = name }.ConnectionString, owner, app, archiver);
    }

    /// <summary>Every read model is what the log makes of it, row by row.</summary>
    private static async Task IsWhole(Node node, TestDatabase data)
    {
        (await Number(data, "select count(*) from events.mt_events where type = 'ordering.OrderPlaced'")).ShouldBeGreaterThan(Customers);
        foreach (var projection in (await node.Get("/admin/projections?limit=200"))["items"]!.AsArray().Select(p => p!["name"]!.ToString()))
        {
            var operation = $"/admin/operations/{(await node.Post($"/admin/projections/{projection}/verification", new { reason = "restored" }))["id"]}";
            await Until(async () => (await node.Get(operation))["finishedAt"] is not null, $"the verification of {projection}");
            var outcome = await node.Get(operation);
            outcome["status"]!.ToString().ShouldBe("succeeded", outcome.ToString());
            new[] { "onlyLive", "onlyRebuilt", "different" }.Sum(d => (long)outcome["report"]![d]!).ShouldBe(0, outcome.ToString());
        }
    }

    private static async Task<long> Number(TestDatabase data, string sql)
    {
        await using var source = NpgsqlDataSource.Create(data.Superuser);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
