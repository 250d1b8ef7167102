using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Monolith.Scenarios.Operations;
using RabbitMQ.Client;

namespace Monolith.Scenarios.Insights;

/// <summary>The public events in a topic exchange of a real RabbitMQ server, also over an outage.</summary>
public sealed class PublishingToRabbitMq(TestServer database) : IAsyncLifetime
{
    private const string Exchange = "monolith.events";
    private const string Queue = "everything";

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(Scale.Of(smoke: 0, full: 60));

    private readonly App app = new(database);
    private readonly RabbitServer rabbit = new();

    private sealed record Delivery(string Key, string Subject, long Sequence, string Epoch, string Id, JsonNode Body);

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RabbitServer.IsInstalled, "There is no RabbitMQ server on this machine (Debian: apt-get install rabbitmq-server).");
        await rabbit.Start();
        await using (var consumer = await Connect())
        {
            await using var channel = await consumer.CreateChannelAsync();
            await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true);
            await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false);
            await channel.QueueBindAsync(Queue, Exchange, "#");
        }

        app.Settings["Topics:RabbitMq:Uri"] = rabbit.Uri.ToString();
        await app.InitializeAsync();
        await Until(async () => await app.Number("select count(*) from insights.mt_doc_topicposition") == 1, "the topic has no place in the log");
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await rabbit.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_broker_is_away_and_the_order_of_each_key_is_kept()
    {
        await app.HasProduct("RA-1", pieces: 10_000);
        var orders = new List<string> { await app.HasOrder("RA-1") };
        var before = await Heard(2);

        await rabbit.Stop();
        var since = Stopwatch.GetTimestamp();
        while (orders.Count < 4 || Stopwatch.GetElapsedTime(since) < Outage)
        {
            orders.Add(await app.HasOrder("RA-1"));
        }

        foreach (var order in orders)
        {
            await app.Pays(order);
        }

        await rabbit.Start();
        await app.Cancels(orders[0]);

        var published = await Published();
        var heard = (await Heard(published.Count, before)).DistinctBy(d => d.Id).ToList();

        heard.Select(d => d.Sequence).Order().ShouldBe(published.Select(p => long.Parse(p["sequence"]!.ToString())));
        foreach (var key in heard.GroupBy(d => d.Subject))
        {
            key.Select(d => d.Sequence).ShouldBeInOrder();
        }

        heard.OrderBy(d => d.Sequence).Select(d => d.Body.ToJsonString()).ShouldBe(published.Select(p => p.ToJsonString()));
        heard.Where(d => d.Subject == orders[0]).Select(d => d.Key).ShouldContain($"ordering.OrderCancelled.{orders[0]}");
        heard.Select(d => d.Epoch).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_replay_sends_nothing_unless_it_is_asked_to_and_then_under_another_epoch()
    {
        await app.HasProduct("RA-2");
        var first = await Heard(1);

        await app.Succeeds(await app.Rebuilds("OrderList"));
        await app.Succeeds(await app.Rebuilds("stock-levels"));
        await app.HasProduct("RA-3");
        (await Heard(1)).ShouldHaveSingleItem().Subject.ShouldBe("RA-3");

        await app.Send("POST", "/admin/topics/kafka/replay", new { reason = "r" }, expect: 404).ShouldBeProblem("not-found");
        await app.Send("POST", "/admin/topics/rabbitmq/replay", new { }, expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("GET", "/admin/topics/kafka", expect: 404).ShouldBeProblem("not-found");
        var head = await app.Head();
        await app.Send("POST", "/admin/topics/rabbitmq/replay", new { reason = "r", after = head + 10 }, expect: 422).ShouldBeProblem("rule-violated");
        var accepted = await app.Send("POST", "/admin/topics/rabbitmq/replay", new { reason = "a new consumer" }, expect: 202);
        var replay = JsonNode.Parse(await accepted.ReadAsTextAsync())!;
        var again = await Heard(2);
        again.Select(d => d.Subject).Distinct().ShouldBe(["RA-2", "RA-3"]);
        again[0].Id.ShouldBe(first[0].Id);
        again.ShouldAllBe(d => d.Epoch == replay["epoch"]!.ToString() && d.Epoch != first[0].Epoch);
        await Until(async () => await app.Send("GET", accepted.Header("Location")).Json() is var now && (long)now["sequence"]! == (long)now["mark"]!, "it does not end");
    }

    private async Task<IReadOnlyList<JsonNode>> Published()
    {
        var published = new List<JsonNode>();
        for (var query = $"minSequence={await app.Head()}"; ;)
        {
            var page = await app.Send("GET", $"/v1/events?limit=200&{query}").Json();
            published.AddRange(page["items"]!.AsArray().Select(i => i!));
            if (page["next"] is not { } next)
            {
                return published;
            }

            query = $"after={next}";
        }
    }

    private async Task<IConnection> Connect() => await new ConnectionFactory { Uri = rabbit.Uri }.CreateConnectionAsync();

    /// <summary>Takes messages out of the queue, until so many different ones have come, with those that came before.</summary>
    private async Task<IReadOnlyList<Delivery>> Heard(int count, params IReadOnlyList<Delivery> before)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        var heard = before.ToList();
        await Until(async () =>
        {
            if (await channel.BasicGetAsync(Queue, autoAck: true) is { } message)
            {
                var body = JsonNode.Parse(Encoding.UTF8.GetString(message.Body.Span))!;
                message.BasicProperties.ContentType.ShouldBe("application/cloudevents+json");
                message.BasicProperties.MessageId.ShouldBe(body["id"]!.ToString());
                heard.Add(new Delivery(
                    message.RoutingKey, body["subject"]!.ToString(), long.Parse(Header(message, "monolith-sequence")), Header(message, "monolith-epoch"),
                    body["id"]!.ToString(), body));
            }

            return heard.DistinctBy(d => d.Id).Count() >= count;
        }, $"not {count} messages came");
        return heard;
    }

    private static string Header(BasicGetResult message, string name) => Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers![name]!);

    private static async Task Until(Func<Task<bool>> holds, string otherwise)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(Scale.Of(smoke: 90, full: 600)));
        while (!await holds())
        {
            patience.IsCancellationRequested.ShouldBeFalse(otherwise);
        }
    }
}
