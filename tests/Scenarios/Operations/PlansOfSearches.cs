using System.Text.Json.Nodes;
using Monolith.Operations.Auditing;
using Monolith.Operations.Exploring;
using Npgsql;

namespace Monolith.Scenarios.Operations;

/// <summary>What the database does to find events, in a log that is large enough for an index to pay.</summary>
public sealed class PlansOfSearches(App app) : IClassFixture<App>, IAsyncLifetime
{
    private const int Streams = 4_000;

    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, EventSelection Selection)[] Searches =
    [
        ("nothing", new EventSearch().Page(0, 51)),
        ("the next page", new EventSearch().Page(10_000, 51)),
        ("a type", new EventSearch(Types: ["demo.Rare"]).Page(0, 51)),
        ("a frequent type", new EventSearch(Types: ["demo.Frequent"]).Page(0, 51)),
        ("a frequent type, long ago", new EventSearch(Types: ["demo.Old"]).Page(0, 51)),
        ("a busy actor, long ago", new EventSearch(Actor: "actor-old").Page(0, 51)),
        ("several versions of a type", new EventSearch(Types: ["demo.Frequent", "demo.Rare"]).Page(9_000, 51)),
        ("a stream", new EventSearch(StreamId: "demo-17").Page(0, 51)),
        ("the next page of a long stream", new EventSearch(StreamId: "demo-long").Page(20_000, 51)),
        ("a type in a stream", new EventSearch(Types: ["demo.Rare"], StreamId: "demo-17").Page(0, 51)),
        ("a correlation", new EventSearch(CorrelationId: "correlation-17").Page(0, 51)),
        ("an actor", new EventSearch(Actor: "actor-17").Page(0, 51)),
        ("from a time on", new EventSearch(From: Start.AddHours(3_900)).Page(0, 51)),
        ("up to a time, long ago", new EventSearch(To: Start.AddHours(50)).Page(0, 51)),
        ("the next page of a span of time, long ago", new EventSearch(From: Start, To: Start.AddHours(50)).Page(150, 51)),
        ("all at once", new EventSearch(["demo.Rare"], "demo-17", "correlation-17", "actor-old", Start, Start.AddYears(1)).Page(20_000, 51)),
        ("all but the stream", new EventSearch(["demo.Rare"], StreamId: null, "correlation-17", "actor-old", Start, Start.AddYears(1)).Page(20_000, 51)),
        ("a page of a stream", GetStreamEndpoint.EventsOf("demo-long", 100, 51)),
        ("an event", GetChainEndpoint.EventAt(4_711)),
        ("a chain", GetChainEndpoint.Correlated("correlation-17")),
        ("outcomes in the audit", ListAuditEndpoint.OutcomesOf(["action-17", "action-18"])),
    ];

    public static TheoryData<string> Names => [.. Searches.Select(search => search.Name)];

    public async ValueTask InitializeAsync()
    {
        await using var database = NpgsqlDataSource.Create(app.Data.Superuser);
        await using var command = database.CreateCommand(
            $"""
            insert into events.mt_streams (id, type, version, is_archived)
            select 'demo-' || n, 'demo', 3, n % 3 = 0 from generate_series(1, {Streams}) n union all select 'demo-long', 'demo', {3 * Streams}, false
            on conflict do nothing;
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, correlation_id, user_name, is_archived)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), 'demo-' || n, v, jsonb_build_object('actionId', 'action-' || n, 'text', repeat('x', 300)),
                   case v when 1 then 'demo.Frequent' when 2 then 'operations.AdminActionFinished' else case when n % 50 = 17 then 'demo.Rare' when n < 1500 then 'demo.Old' else 'demo.Frequent' end end,
                   timestamptz '2024-01-01 00:00Z' + n * interval '1 hour', 'correlation-' || n, case when n < 1500 then 'actor-old' else 'actor-' || n % 200 end, n % 3 = 0
            from generate_series(1, {Streams}) n, generate_series(1, 3) v where not exists (select from events.mt_events where stream_id = 'demo-1') order by n, v;
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), 'demo-long', n, '{"{}"}', 'demo.Frequent', timestamptz '2024-08-01 00:00Z' + n * interval '1 second'
            from generate_series(1, {3 * Streams}) n where not exists (select from events.mt_events where stream_id = 'demo-long');
            analyze events.mt_events, events.mt_streams;
            """);
        await command.ExecuteNonQueryAsync();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_search_reads_the_whole_log(string name) =>
        ShouldReadLittle(await Plan(Searches.Single(search => search.Name == name).Selection.ToCommand("events")));

    [Fact]
    public async Task Neither_does_the_look_for_the_types_that_there_are() => ShouldReadLittle(await Plan(new NpgsqlCommand(KnownEvents.TypesOf("events"))));

    [Fact]
    public async Task A_search_without_an_index_would_be_noticed() =>
        Nodes(await Plan(new EventSelection($"select * from {EventSelection.Log} e where e.causation_id = 'none'", "e.seq_id").ToCommand("events")))
            .ShouldContain(node => IsOfLog(node) && node["Node Type"]!.ToString() == "Seq Scan");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void ShouldReadLittle(JsonNode whole)
    {
        var nodes = Nodes(whole).ToList();
        var plan = string.Join('\n', nodes.Select(node => $"{node["Node Type"]} {node["Relation Name"]} {node["Index Name"]} {node["Rows Removed by Filter"]}"));
        nodes.ShouldContain(node => IsOfLog(node), plan);
        nodes.ShouldNotContain(node => IsOfLog(node) && node["Node Type"]!.ToString() == "Seq Scan", plan);
        // Neither row by row along an index, which would be worse.
        nodes.Where(IsOfLog).Sum(node => (Number(node, "Actual Rows") + Number(node, "Rows Removed by Filter")) * Number(node, "Actual Loops"))
            .ShouldBeLessThan(700, plan);
    }

    private async Task<JsonNode> Plan(NpgsqlCommand command)
    {
        await using var _ = command;
        await using var connection = new NpgsqlConnection(app.Data.App);
        await connection.OpenAsync();
        command.Connection = connection;
        command.CommandText = $"explain (analyze, format json) {command.CommandText}";
        return JsonNode.Parse((string)(await command.ExecuteScalarAsync())!)![0]!["Plan"]!;
    }

    private static double Number(JsonNode node, string name) => node[name]?.GetValue<double>() ?? 0;

    private static bool IsOfLog(JsonNode node) => node["Relation Name"]?.ToString().StartsWith("mt_events", StringComparison.Ordinal) == true;

    private static IEnumerable<JsonNode> Nodes(JsonNode node) =>
        [node, .. (node["Plans"]?.AsArray() ?? []).SelectMany(child => Nodes(child!))];
}
