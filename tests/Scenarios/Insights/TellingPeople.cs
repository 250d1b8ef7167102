using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Monolith.Insights.Alerts;
using Monolith.Kernel.Webhooks;
using Monolith.Scenarios.Operations;

namespace Monolith.Scenarios.Insights;

/// <summary>Alerts from the processor to the receiver of a webhook.</summary>
public sealed class TellingPeople(TestServer server) : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly ConcurrentQueue<(string Id, string Signature, string Timestamp, string Body)> received = [];
    private readonly App app = new(server);
    private WebApplication receiver = null!;
    private int refusals;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        receiver = builder.Build();
        receiver.Urls.Add("http://127.0.0.1:0");
        receiver.MapPost("/alerts", Receive);
        await receiver.StartAsync();
        app.Settings["Insights:Alerts:WebhookUrl"] = $"{receiver.Urls.Single()}/alerts";
        app.Settings["Insights:Alerts:WebhookSecret"] = Secret;
        await app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Each_alert_is_told_once_however_often_it_is_computed()
    {
        refusals = 2;
        await app.HasProduct("AL-1", pieces: 25);
        await app.HasOrder("AL-1", quantity: 18);
        var alert = await Alert("AL-1", "open");
        await Received(1);

        alert["rule"]!.ToString().ShouldBe("stock-low");
        alert["summary"]!.ToString().ShouldBe("7 pieces are left.");
        ((bool)alert["isRetroactive"]!).ShouldBeFalse();
        for (var rebuild = 0; rebuild < 3; rebuild++)
        {
            await app.Succeeds(await app.Rebuilds("stock-levels"));
        }

        await app.Receives("AL-1", 100);
        var cleared = await Alert("AL-1", "cleared");
        cleared["id"]!.ToString().ShouldBe(alert["id"]!.ToString());
        await Received(2);
        await app.HasNothingToDo();

        received.Select(r => (JsonNode.Parse(r.Body)!["type"]!.ToString(), JsonNode.Parse(r.Body)!["subject"]!.ToString())).ShouldBe(
            [("monolith.insights.AlertRaised", alert["id"]!.ToString()), ("monolith.insights.AlertCleared", alert["id"]!.ToString())]);
        received.Select(r => r.Id).ShouldBeUnique();
        foreach (var post in received)
        {
            JsonNode.Parse(post.Body)!["id"]!.ToString().ShouldBe(post.Id);
            WebhookSignature.Sign(Secret, post.Id, post.Timestamp, System.Text.Encoding.UTF8.GetBytes(post.Body)).ShouldBe(post.Signature);
        }
    }

    [Fact]
    public async Task What_a_new_logic_finds_in_the_past_is_listed_and_wakes_nobody()
    {
        await app.HasProduct("AL-2", pieces: 15);
        await app.Send("GET", $"/v1/alerts?minSequence={await app.Head()}");

        // As if the rule had been another one when the first product came: the rebuild comes to more than is known.
        await app.Superuser("update events.mt_events set data = jsonb_set(data, '{quantity}', '4') where data ->> 'sku' = 'AL-2' and type = 'inventory.StockReceived'");
        await app.Succeeds(await app.Rebuilds("stock-levels"));

        ((bool)(await Alert("AL-2", "open"))["isRetroactive"]!).ShouldBeTrue();
        await app.Receives("AL-2", 100);
        await Alert("AL-2", "cleared");
        await app.HasNothingToDo();
        received.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_new_logic_does_not_find_any_more_is_over()
    {
        await app.HasProduct("AL-6", pieces: 5);
        await Alert("AL-6", "open");
        await Received(1);

        await app.Superuser("update events.mt_events set data = jsonb_set(data, '{quantity}', '50') where data ->> 'sku' = 'AL-6' and type = 'inventory.StockReceived'");
        await app.Succeeds(await app.Rebuilds("stock-levels"));

        await Alert("AL-6", "cleared");
        await app.HasNothingToDo();
        received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_could_not_be_told_before_the_end_of_the_process_is_told_by_the_next_one()
    {
        refusals = int.MaxValue;
        await app.HasProduct("AL-7", pieces: 5);
        var alert = await Alert("AL-7", "open");
        await Until(() => Task.FromResult(refusals < int.MaxValue), "the receiver was not asked");
        await app.Host.StopAsync();
        refusals = 0;

        await using (await app.Start())
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (received.IsEmpty)
            {
                patience.IsCancellationRequested.ShouldBeFalse("the receiver heard nothing");
                await app.Number("select 1::bigint");
            }
        }

        received.ShouldHaveSingleItem().Body.ShouldContain(alert["id"]!.ToString());
    }

    [Fact]
    public async Task A_message_that_comes_again_after_a_crash_has_the_same_id()
    {
        await app.HasProduct("AL-4", pieces: 3);
        var alert = await Alert("AL-4", "open");
        await Received(1);

        // The process died after the post and before its message was done with.
        await app.Hears(new SendAlert(alert["id"]!.ToString(), IsRaised: true));

        received.Count.ShouldBe(2);
        received.Select(r => r.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Somebody_looks_after_it()
    {
        await app.HasProduct("AL-5", pieces: 3);
        var alert = await Alert("AL-5", "open");
        var path = $"/v1/alerts/{alert["id"]}/acknowledgement";

        await app.Send("POST", path, new { }, expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("POST", "/v1/alerts/none/acknowledgement", new { note = "n" }, expect: 404).ShouldBeProblem("not-found");
        var acknowledged = await app.Send("POST", path, new { note = "more is on its way" }).Json();
        (acknowledged["state"]!.ToString(), acknowledged["note"]!.ToString(), acknowledged["acknowledgedBy"]!.ToString())
            .ShouldBe(("acknowledged", "more is on its way", "dev"));
        (await app.Send("POST", path, new { note = "me too" }).Json())["note"]!.ToString().ShouldBe("more is on its way");
        (await app.Send("GET", "/v1/alerts?state=acknowledged").Json())["items"]!.AsArray().Select(a => a!["key"]!.ToString()).ShouldContain("AL-5");
        await app.Send("GET", "/v1/alerts?state=none", expect: 400).ShouldBeProblem("invalid-input");

        await app.Receives("AL-5", 100);
        await Alert("AL-5", "cleared");
        await app.Send("POST", path, new { note = "late" }, expect: 409).ShouldBeProblem("state-conflict");
    }

    private async Task<IResult> Receive(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        if (Interlocked.Decrement(ref refusals) >= 0)
        {
            return Results.StatusCode(503);
        }

        received.Enqueue((request.Headers["webhook-id"]!, request.Headers["webhook-signature"]!, request.Headers["webhook-timestamp"]!, body));
        return Results.NoContent();
    }

    private async Task<JsonNode> Alert(string key, string state)
    {
        JsonNode? found = null;
        await Until(async () =>
            (found = (await app.Send("GET", $"/v1/alerts?state={state}").Json())["items"]!.AsArray().FirstOrDefault(a => a!["key"]!.ToString() == key)) is not null,
            $"no alert of {key} is {state}");
        return found!;
    }

    private Task Received(int count) => Until(async () =>
    {
        await app.Send("GET", "/health/live");
        return received.Count >= count;
    }, "the receiver heard nothing");

    private static async Task Until(Func<Task<bool>> holds, string otherwise)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            patience.IsCancellationRequested.ShouldBeFalse(otherwise);
        }
    }
}
