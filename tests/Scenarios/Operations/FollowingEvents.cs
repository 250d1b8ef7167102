using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Monolith.Scenarios.Operations;

/// <summary>The whole log, live.</summary>
public sealed class FollowingEvents(App app) : IClassFixture<App>
{
    [Fact]
    public async Task All_that_comes_is_seen_once_also_by_who_was_cut_off()
    {
        await app.HasProduct("FO-1");
        var start = await app.Head();
        await app.HasOrder("FO-1");
        var log = (await app.Send("GET", "/admin/events?limit=200").Json())["items"]!.AsArray().Select(e => e!).Where(e => (long)e["sequence"]! > start).Reverse().ToList();

        var seen = new List<SseItem<string>>();
        while (seen.Count < log.Count)
        {
            var take = Math.Min(2, log.Count - seen.Count);
            seen.AddRange(await Read(seen is [] ? $"?after={start}" : "", take, lastId: seen is [.., var last] ? last.EventId : null));
        }

        seen.Select(e => long.Parse(e.EventId!)).ShouldBe(log.Select(e => (long)e["sequence"]!));
        foreach (var (item, logged) in seen.Zip(log))
        {
            JsonNode.DeepEquals(JsonNode.Parse(item.Data), logged).ShouldBeTrue($"{item.Data} is not {logged}");
        }
    }

    [Fact]
    public async Task Only_what_fits_is_seen_and_only_by_who_may()
    {
        await app.HasProduct("FO-2");
        var start = await app.Head();
        var order = await app.HasOrder("FO-2");
        var (placed, reserved) = ("OrderPlaced", "StockReserved");

        (await Read($"?after={start}&streamId={order}", take: 2)).Select(TypeOf).ShouldBe([placed, reserved]);
        (await Read($"?after={start}&type={reserved}", take: 1)).Select(TypeOf).ShouldBe([reserved]);
        (await Read($"?after={start}&type={placed}", take: 1, token: Tokens.For("vera", "viewer"))).Single().Data.ShouldNotContain("Anna Adam");
        (await Read($"?after={start}&type={placed}", take: 1, token: Tokens.For("sue", "support"))).Single().Data.ShouldContain("Anna Adam");
    }

    [Theory]
    [InlineData("?type=NoSuchEvent")]
    [InlineData("?after=x")]
    public async Task What_cannot_be_followed_is_said(string query) =>
        await app.Send("GET", $"/admin/events/stream{query}", expect: 400).ShouldBeProblem("invalid-input");

    [Fact]
    public async Task A_place_that_is_none_is_refused() =>
        await app.Send("GET", "/admin/events/stream", expect: 400, headers: ("Last-Event-ID", "epoch.7")).ShouldBeProblem("invalid-input");

    [Fact]
    public async Task Where_it_begins_is_said_before_the_first_event()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var client = app.Host.Server.CreateClient();
        using var answer = await client.GetAsync(new Uri("/admin/events/stream?after=7", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, patience.Token);
        var first = await SseParser.Create(await answer.Content.ReadAsStreamAsync(patience.Token)).EnumerateAsync(patience.Token).FirstAsync(patience.Token);
        (first.EventType, first.EventId, first.Data).ShouldBe(("position", "7", """{"sequence":7}"""));
    }

    [Fact]
    public async Task One_event_is_read_by_its_sequence()
    {
        await app.HasProduct("FO-3");
        var found = (await app.Send("GET", "/admin/events?type=ProductRevised&limit=1").Json())["items"]![0]!;
        JsonNode.DeepEquals(await app.Send("GET", $"/admin/events/{found["sequence"]}").Json(), found).ShouldBeTrue();
        await app.Send("GET", "/admin/events/999999999", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/admin/events/none", expect: 404).ShouldBeProblem("not-found");
    }

    private static string TypeOf(SseItem<string> item) => JsonNode.Parse(item.Data)!["type"]!.ToString();

    /// <summary>Opens the stream, takes some events and hangs up.</summary>
    private async Task<IReadOnlyList<SseItem<string>>> Read(string query, int take, string? lastId = null, string? token = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var client = app.Host.Server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/admin/events/stream{query}");
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return await SseParser.Create(await answer.Content.ReadAsStreamAsync(patience.Token)).EnumerateAsync(patience.Token)
            .Where(item => item.EventType == "message").Take(take).ToListAsync(patience.Token);
    }
}
