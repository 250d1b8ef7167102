using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.History;

namespace Monolith.Scenarios.Operations;

public sealed class SearchingEvents(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Every_filter_finds_what_fits_it_newest_first_and_all_can_be_combined()
    {
        await app.HasProduct("SE-1");
        var id = await app.HasOrder("SE-1");
        var placed = await app.Settles(() => app.Send(
            "POST", "/v1/orders", Shop.OrderOf("SE-1"), 201, Tokens.For("sue", "support"), ("X-Correlation-ID", "search-1")));
        var other = placed.Header("Location").Split('/')[^1];
        await app.Cancels(other);

        var all = await Everything("");
        all.Select(Sequence).ShouldBe(all.Select(Sequence).OrderDescending());
        all.Count.ShouldBeGreaterThan(10);

        (await Everything("streamId=" + id)).Select(Type).ShouldBe(["PaymentRequested", "StockReserved", "OrderPlaced"]);
        (await Everything("type=OrderPlaced")).Select(Stream).Take(2).ShouldBe([other, id]);
        (await Everything("type=ordering.OrderPlaced")).Select(Stream).Take(2).ShouldBe([other, id]);
        (await Everything("type=OrderCancelled")).Select(Stream).First().ShouldBe(other);
        (await Everything("correlationId=search-1")).ShouldAllBe(e => e["correlationId"]!.ToString() == "search-1");
        (await Everything("correlationId=search-1")).Select(Stream).ShouldContain("stock-SE-1");
        (await Everything("actor=sue")).ShouldNotBeEmpty();
        (await Everything("actor=sue")).ShouldAllBe(e => e["actor"]!.ToString() == "sue");
        (await Everything("actor=sue&type=PaymentRequested&streamId=" + other + "&correlationId=search-1")).Count.ShouldBe(1);
        (await Everything("actor=sue&streamId=" + id)).ShouldBeEmpty();

        var item = (await Everything("type=OrderPlaced&streamId=" + other)).Single();
        item.AsObject().Select(member => member.Key).ShouldBe(
            ["sequence", "streamId", "streamType", "version", "type", "module", "recordedAt", "actor", "correlationId", "causationId", "traceId", "data"]);
        var history = (await app.Send("GET", $"/v1/orders/{other}/history").Json())["items"]![0]!;
        JsonNode.DeepEquals(item, history).ShouldBeTrue($"{item}\n{history}");
    }

    [Fact]
    public async Task From_is_inclusive_and_to_is_not()
    {
        await app.HasProduct("SE-2");
        await app.HasOrder("SE-2");
        var all = await Everything("");
        var (last, first) = (all[2], all[^2]);
        var (from, to) = (At(first), At(last));

        var between = await Everything($"from={from}&to={to}");
        // By time, which is not quite the order of the log where events were appended at once.
        between.Select(Sequence).ShouldBe(all.Where(e => string.CompareOrdinal(At(e), from) >= 0 && string.CompareOrdinal(At(e), to) < 0)
            .OrderByDescending(At, StringComparer.Ordinal).ThenByDescending(Sequence).Select(Sequence));
        between.Select(Sequence).ShouldContain(Sequence(first));
        between.Select(Sequence).ShouldNotContain(Sequence(last));
        (await Everything($"from={to}")).Select(Sequence).ShouldContain(Sequence(last));
        (await Everything($"to={from}")).Select(Sequence).ShouldNotContain(Sequence(first));
        (await Everything($"from={from}&to={to}&type=OrderPlaced&actor=dev")).Select(Sequence)
            .ShouldBe(between.Where(e => Type(e) == "OrderPlaced" && e["actor"]!.ToString() == "dev").Select(Sequence));
    }

    [Fact]
    public async Task Archived_events_are_found_as_before()
    {
        await app.HasProduct("SE-3");
        var id = await app.HasOrder("SE-3", quantity: 5_000);
        await app.Cancels(id);
        string[] queries = ["streamId=" + id, "type=OrderCancelled&streamId=" + id, "type=OrderPlaced", "actor=dev", "to=2999-01-01"];
        var before = new List<List<JsonNode>>();
        foreach (var query in queries)
        {
            before.Add(await Everything(query));
        }

        await app.Host.Services.GetRequiredService<StreamArchive>().Archive([(id, before[0].Count)], TestContext.Current.CancellationToken);
        foreach (var (query, events) in queries.Zip(before))
        {
            (await Everything(query)).Select(e => e.ToJsonString()).ShouldBe(events.Select(e => e.ToJsonString()), query);
        }

        (await app.Send("GET", $"/admin/streams/{id}").Json())["isArchived"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task An_event_of_a_type_that_nobody_knows_is_shown_as_it_is_stored()
    {
        await app.HasProduct("SE-4");
        await app.HasForeignEvent("gone-1", "gone.GuestArrived", """{"guest": {"name": "Anna Adam"}}""", correlation: "gone-1", actor: "ghost");
        await app.HasForeignEvent("gone-2", "gone.GuestArrived.v2");
        await app.HasForeignEvent("gone-3", "operations.RebuildStarted", """{"node": "four"}""", correlation: "gone-1");

        foreach (var query in new[] { "", "type=GuestArrived", "type=gone.GuestArrived", "streamId=gone-1", "correlationId=gone-1", "actor=ghost" })
        {
            var guest = (await Everything(query)).Single(e => Stream(e) == "gone-1");
            (Type(guest), guest["module"]!.ToString(), guest["streamType"]!.ToString(), guest["actor"]!.ToString()).ShouldBe(("GuestArrived", "gone", "gone", "ghost"));
            guest["data"]!["guest"]!["name"]!.ToString().ShouldBe("Anna Adam");
        }

        (await Everything("type=GuestArrived")).Select(Stream).ShouldBe(["gone-2", "gone-1"]);
        // Of a known type, but in no form that it ever had.
        (await Everything("streamId=gone-3")).Single()["data"]!["node"]!.ToString().ShouldBe("four");

        var masked = await app.Send("GET", "/admin/events?type=GuestArrived", token: Tokens.For("vera", "viewer")).Json();
        masked["items"]![1]!["data"]!.ToString().ShouldBe("***");
    }

    [Fact]
    public async Task Viewers_see_no_personal_data()
    {
        await app.HasProduct("SE-5");
        var id = await app.HasOrder("SE-5");
        (await Data("viewer"))["deliverTo"]!["name"]!.ToString().ShouldBe("***");
        (await Data("operator"))["deliverTo"]!["name"]!.ToString().ShouldBe("***");
        (await Data("admin"))["deliverTo"]!["name"]!.ToString().ShouldBe("Anna Adam");

        async Task<JsonNode> Data(string role) =>
            (await app.Send("GET", $"/admin/events?type=OrderPlaced&streamId={id}", token: Tokens.For("v", role)).Json())["items"]![0]!["data"]!;
    }

    [Theory]
    [InlineData("")]
    [InlineData("type=OrderPlaced")]
    [InlineData("type=GuestLeft")]
    [InlineData("actor=dev")]
    [InlineData("from=2020-01-01")]
    [InlineData("streamId=stock-SE-6")]
    [InlineData("type=QuantityReserved&streamId=stock-SE-6")]
    [InlineData("correlationId=pages")]
    public async Task Pages_are_a_partition_of_what_was_found(string query)
    {
        await app.Send("PUT", "/v1/products/SE-6", new { name = "Page", unitPrice = 1, currency = "EUR", weightKg = 0.1, category = "tea", active = true }, expect: null);
        await app.Receives("SE-6", 10);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await app.Settles(() => app.Send("POST", "/v1/orders", Shop.OrderOf("SE-6"), 201, headers: ("X-Correlation-ID", "pages")));
        }

        foreach (var version in Enumerable.Range(1, 6))
        {
            await app.HasForeignEvent($"left-{Guid.NewGuid():N}", version % 2 == 0 ? "gone.GuestLeft" : $"gone.GuestLeft.v{version}");
        }

        var whole = await Everything(query);
        whole.Count.ShouldBeGreaterThan(2);
        (await Everything(query, limit: 2)).Select(Sequence).ShouldBe(whole.Select(Sequence));
    }

    [Theory]
    [InlineData("type=Nothing", "type")]
    [InlineData("type=catalog.OrderPlaced", "type")]
    [InlineData("from=yesterday", "from")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    public async Task What_makes_no_sense_is_refused(string query, string field) =>
        (await app.Send("GET", $"/admin/events?{query}", expect: 400).Json())["errors"]![field].ShouldNotBeNull();

    private async Task<List<JsonNode>> Everything(string query, int limit = 200)
    {
        var found = new List<JsonNode>();
        string? next = null;
        do
        {
            var page = await app.Send("GET", $"/admin/events?{query}&limit={limit}{(next is null ? "" : $"&cursor={next}")}").Json();
            page["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(limit);
            found.AddRange(page["items"]!.AsArray().Select(e => e!));
            next = page["next"]?.ToString();
        }
        while (next is not null);

        return found;
    }

    private static long Sequence(JsonNode e) => (long)e["sequence"]!;

    private static string Type(JsonNode e) => e["type"]!.ToString();

    private static string Stream(JsonNode e) => e["streamId"]!.ToString();

    private static string At(JsonNode e) => e["recordedAt"]!.GetValue<DateTimeOffset>().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ");
}
