using System.Text.Json.Nodes;
using Marten;
using Marten.Events.Archiving;
using Monolith.Contracts.Ordering;
using Monolith.Ordering;
using Monolith.Ordering.Listing;
using Monolith.Ordering.Reporting;
using Npgsql;

namespace Monolith.Scenarios.Operations;

/// <summary>Writers keep writing and readers keep reading while a projection is computed again beside them.</summary>
public sealed class ARebuildUnderLoad(TestServer server)
{
    private const int Writers = 3;
    private static readonly int Seeded = Scale.Of(smoke: 3_000, full: 330_000);

    [Theory]
    [InlineData("OrderList", "ordering.mt_doc_orderlistitem")]
    [InlineData("OrdersPerDay", "ordering.mt_doc_ordersperday")]
    [InlineData("Order", "ordering.mt_doc_order")]
    public async Task Shows_readers_a_complete_model_all_the_time_and_ends_with_what_the_log_says(string projection, string table)
    {
        await using var app = new App(server);
        await app.InitializeAsync();
        await OrderStories.Write(app.Store, Seeded);
        await app.HasCaughtUp(projection);

        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(w => Keep(n => Live(app.Store, $"live-{w}-{n}"), stop.Token)).ToList();
        var least = 0L;
        var readers = Enumerable.Range(0, 2).Select(_ => Keep(async _ => least = await See(app, projection, table, least), stop.Token)).ToList();

        var outcome = await app.Succeeds(await app.Rebuilds(projection));
        await stop.CancelAsync();
        var written = (await Task.WhenAll(writers)).Sum();
        var reads = (await Task.WhenAll(readers)).Sum();

        TestContext.Current.TestOutputHelper!.WriteLine($"{projection}: {Seeded} orders, {written} more meanwhile, {reads} reads; {outcome["report"]}");
        written.ShouldBeGreaterThan(0);
        reads.ShouldBeGreaterThan(0);
        await app.HasCaughtUp(projection);
        (await Rows(app, table)).ShouldBe(await Folded(app, projection), projection);
        (await app.Number($"select count(*) from ordering.mt_doc_order d join events.mt_streams s on s.id = d.id where d.mt_version <> s.version")).ShouldBe(0);

        // The same on an idle system, row by row.
        var idle = (await app.Succeeds(await app.Verifies(projection)))["report"]!;
        new[] { "onlyLive", "onlyRebuilt", "different", "moving" }.Sum(d => (int)idle[d]!).ShouldBe(0, idle.ToString());
        ((bool)idle["isExact"]!).ShouldBeTrue();
        ((long)idle["rows"]!).ShouldBeGreaterThan(0);
    }

    /// <returns>How often it was done.</returns>
    private static async Task<int> Keep(Func<int, Task> what, CancellationToken stop)
    {
        for (var n = 0; ; n++)
        {
            if (stop.IsCancellationRequested)
            {
                return n;
            }

            await what(n);
        }
    }

    /// <summary>An order in two steps, as commands take them: the second one on the snapshot that the first one has left.</summary>
    private static async Task Live(IDocumentStore store, string id)
    {
        var story = OrderStories.Of(id, Seeded);
        await using (var first = store.LightweightSession())
        {
            first.Events.StartStream<Order>(id, story[0]);
            await first.SaveChangesAsync();
        }

        await using var second = store.LightweightSession();
        var stream = await second.Events.FetchForWriting<Order>(id);
        stream.Aggregate.ShouldNotBeNull($"{id} was missing");
        stream.Aggregate.EventsFolded.ShouldBe(1);
        stream.AppendMany(story[1..]);
        await second.SaveChangesAsync();
    }

    /// <summary>Orders never become fewer.</summary>
    private static async Task<long> See(App app, string projection, string table, long least)
    {
        var seen = await app.Number(projection == "OrdersPerDay" ? $"select sum((data ->> 'orders')::bigint)::bigint from {table}" : $"select count(*) from {table}");
        seen.ShouldBeGreaterThanOrEqualTo(Math.Max(least, Seeded));
        return Math.Max(seen, least);
    }

    private static async Task<IReadOnlyList<string>> Folded(App app, string projection)
    {
        await using var session = app.Store.QuerySession();
        var streams = new Dictionary<string, List<object>>(StringComparer.Ordinal);
        await foreach (var e in session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived()).OrderBy(e => e.Sequence).ToAsyncEnumerable())
        {
            (streams.TryGetValue(e.StreamKey!, out var events) ? events : streams[e.StreamKey!] = []).Add(e.Data);
        }

        var orders = streams.Values.Where(events => events[0] is OrderPlaced).ToList();
        IEnumerable<object> rows = projection switch
        {
            "Order" => orders.Select(events => Kernel.Folding.Folded.From<Order>(events)!),
            "OrderList" => orders.Select(events => Kernel.Folding.Folded.From<OrderListItem>(events)!),
            _ => orders.Select(events => Kernel.Folding.Folded.From<OrderListItem>(events)!)
                .GroupBy(o => (Day: DateOnly.FromDateTime(o.PlacedAt.UtcDateTime), o.Currency, o.Status))
                .Select(g => new OrdersPerDay(
                    $"{g.Key.Day:yyyy-MM-dd}/{g.Key.Currency}/{g.Key.Status}", g.Key.Day, g.Key.Status, g.Count(), g.Sum(o => o.Total), g.Key.Currency)),
        };
        var serializer = app.Store.Options.Serializer();
        return [.. rows.Select(row => Canonical(serializer.ToJson(row))).Order(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<string>> Rows(App app, string table)
    {
        await using var source = NpgsqlDataSource.Create(app.Data.Superuser);
        // A row of the report that has become empty is not shown.
        await using var command = source.CreateCommand($"select data::text from {table} where coalesce(data ->> 'orders', '1') <> '0'");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(Canonical(reader.GetString(0)));
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    /// <summary>The same text for the same value, whatever the order of members and the notation of numbers.</summary>
    private static string Canonical(string json) => Canonical(JsonNode.Parse(json)).ToJsonString();

    private static JsonNode Canonical(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Canonical(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Canonical)]),
        JsonValue v when v.TryGetValue<decimal>(out var number) => JsonValue.Create(number / 1.0000000000000000000000000000m),
        JsonValue v => v.DeepClone(),
        _ => throw new InvalidOperationException("Not a value."),
    };
}
