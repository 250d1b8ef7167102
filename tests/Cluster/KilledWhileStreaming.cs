using System.Collections.Concurrent;
using System.Net.Http.Json;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monolith.Host.Hosting;
using Monolith.Insights.Alerts;
using Npgsql;

namespace Monolith.Cluster;

/// <summary>Two nodes share the windows and are killed in turns, while whoever is told of alerts is away half of the time.</summary>
public sealed class KilledWhileStreaming(TestServer server, ITestOutputHelper output) : IAsyncLifetime
{
    private const int ProcessorsWithAlerts = 4;
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>An alert that met nobody again and again is told ten minutes later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Scale.Of(smoke: 5, full: 15));

    private readonly ConcurrentQueue<string> told = [];
    private WebApplication receiver = null!;
    private volatile bool isAway;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        receiver = builder.Build();
        receiver.Urls.Add("http://127.0.0.1:0");
        receiver.MapPost("/alerts", Hear);
        await receiver.StartAsync();
    }

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Fact]
    public async Task Windows_are_as_one_node_makes_them_and_each_alert_is_told()
    {
        var data = await server.NewDatabase();
        await using var one = new Node(data, Settings);
        await using var other = new Node(data, Settings);
        await using var log = Schema.HostFor(data.App);
        var store = log.Services.GetRequiredService<IDocumentStore>();
        one.Start();
        other.Start();
        await Task.WhenAll(Insights(one), Insights(other));
        await AlertsAreLookedForUpTo(0, store);
        var product = new { name = "Story", unitPrice = 1, currency = "EUR", weightKg = 1, category = "things", active = true };
        using var put = await one.Http.PutAsJsonAsync(new Uri("/v1/products/STORY", UriKind.Relative), product);
        put.EnsureSuccessStatusCode();

        var (kills, orders) = (Scale.Of(smoke: 4, full: 30), Scale.Of(smoke: 400, full: 4_000));
        for (var kill = 0; kill < kills; kill++)
        {
            // Over two kills, so that whichever node has something to tell dies with it.
            isAway = kill % 4 < 2;
            await one.Post("/v1/stock/STORY/receipts", new { quantity = 3, reference = "note" });
            // Twice the same half hour each: the second time it comes late.
            await OrderStories.Write(store, orders, from: kill / 2 * orders, placedAt: n => Start.AddSeconds(5 * n));
            await Until(async () => (await News(data)).Count > 0, "an alert", Patience);
            var victim = kill % 2 == 0 ? one : other;
            await victim.Kill();
            victim.Start();
        }

        isAway = false;
        await Until(async () => (await one.Get("/admin/projections"))["items"]!.AsArray().All(p => (long)p!["lagEvents"]! == 0), "the head of the log", Patience);

        foreach (var insight in await Insights(one))
        {
            var operation = $"/admin/operations/{(await one.Post($"/admin/projections/{insight}/verification", new { reason = "after the kills" }))["id"]}";
            await Until(async () => (await one.Get(operation))["finishedAt"] is not null, $"the verification of {insight}", Patience);
            var outcome = await one.Get(operation);
            outcome["status"]!.ToString().ShouldBe("succeeded", outcome.ToString());
            new[] { "onlyLive", "onlyRebuilt", "different", "moving" }.Sum(d => (long)outcome["report"]![d]!).ShouldBe(0, outcome.ToString());
            output.WriteLine($"{insight}: {outcome["report"]!["rows"]} rows");
        }

        await AlertsAreLookedForUpTo((await store.Advanced.FetchEventStoreStatistics()).EventSequenceNumber, store);
        var news = await News(data);
        news.Count.ShouldBeGreaterThan(0);
        await Until(() => Task.FromResult(told.Distinct().Count() >= news.Count), "every alert to be told", Patience);
        told.Distinct().ShouldBe(news, ignoreOrder: true);
        output.WriteLine($"{news.Count} alerts raised or cleared, {told.Count} posts");
    }

    private (string, string)[] Settings =>
    [
        // Time passes with the orders alone.
        ("Insights__AdvanceTime", "false"),
        ("Insights__Alerts__WebhookUrl", $"{receiver.Urls.Single()}/alerts"),
        ("Insights__Alerts__WebhookSecret", Secret),
    ];

    private IResult Hear(HttpRequest request)
    {
        if (isAway)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        told.Enqueue(request.Headers["webhook-id"]!);
        return Results.NoContent();
    }

    private static async Task<IReadOnlyList<string>> Insights(Node node) =>
        [.. (await node.Get("/v1/insights"))["items"]!.AsArray().Select(i => i!["name"]!.ToString())];

    private static Task<TimeSpan> AlertsAreLookedForUpTo(long sequence, IDocumentStore store) => Until(async () =>
    {
        await using var session = store.QuerySession();
        return await session.Query<AlertCursor>().CountAsync(c => c.Through >= sequence) == ProcessorsWithAlerts;
    }, "the search for alerts", Patience);

    /// <returns>The ids of the events of the ledger that somebody has to be told of.</returns>
    private static async Task<IReadOnlyList<string>> News(TestDatabase data)
    {
        await using var source = NpgsqlDataSource.Create(data.Superuser);
        await using var select = source.CreateCommand(
            "select id::text from events.mt_events where type in ('insights.AlertRaised', 'insights.AlertCleared') and not (data ->> 'isRetroactive')::boolean");
        await using var reader = await select.ExecuteReaderAsync();
        var ids = new List<string>();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }
}
