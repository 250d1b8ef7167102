using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Monolith.Scenarios.Operations;

namespace Monolith.Scenarios.Insights;

/// <summary>The public events in a topic of Kafka: of the broker that the client library has built in for tests.</summary>
public sealed class PublishingToKafka(TestServer database) : IAsyncLifetime
{
    private readonly App app = new(database);
    private IProducer<Null, Null> broker = null!;
    private string address = "";

    public async ValueTask InitializeAsync()
    {
        broker = new ProducerBuilder<Null, Null>(new Dictionary<string, string> { ["bootstrap.servers"] = "none", ["test.mock.num.brokers"] = "1" })
            .SetLogHandler((_, _) => { }).Build();
        using (var admin = new DependentAdminClientBuilder(broker.Handle).Build())
        {
            var node = admin.GetMetadata(TimeSpan.FromSeconds(30)).Brokers.Single();
            address = $"{node.Host}:{node.Port}";
        }

        app.Settings["Topics:Kafka:BootstrapServers"] = address;
        await app.InitializeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await app.Number("select count(*) from insights.mt_doc_topicposition") == 0)
        {
            patience.IsCancellationRequested.ShouldBeFalse("the topic has no place in the log");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        broker.Dispose();
    }

    [Fact]
    public async Task The_events_come_in_order_under_the_key_of_their_aggregate()
    {
        await app.HasProduct("KA-1");
        var order = await app.HasOrder("KA-1");
        await app.Pays(order);
        await app.Cancels(order);
        var published = (await app.Send("GET", $"/v1/events?limit=200&minSequence={await app.Head()}").Json())["items"]!.AsArray().Select(i => i!).ToList();

        var heard = Consume(published.Count);

        heard.Select(m => m.Message.Key).ShouldBe(published.Select(p => p["subject"]!.ToString()), ignoreOrder: true);
        var own = heard.Where(m => m.Message.Key == order).ToList();
        own.Select(m => m.Partition).Distinct().Count().ShouldBe(1);
        own.Select(m => JsonNode.Parse(m.Message.Value)!.ToJsonString()).ShouldBe(
            published.Where(p => p["subject"]!.ToString() == order).Select(p => p.ToJsonString()));
        Encoding.UTF8.GetString(own[0].Message.Headers.GetLastBytes("content-type")).ShouldBe("application/cloudevents+json");
        Encoding.UTF8.GetString(own[0].Message.Headers.GetLastBytes("monolith-epoch")).ShouldEndWith("-1");
    }

    private List<ConsumeResult<string, byte[]>> Consume(int count)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = address,
            GroupId = "test",
            AutoOffsetReset = AutoOffsetReset.Earliest,
            AllowAutoCreateTopics = true,
        };
        using var consumer = new ConsumerBuilder<string, byte[]>(config).SetLogHandler((_, _) => { }).Build();
        consumer.Subscribe("monolith.events");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var heard = new List<ConsumeResult<string, byte[]>>();
        while (heard.Count < count)
        {
            heard.Add(consumer.Consume(patience.Token));
        }

        consumer.Close();
        return heard;
    }
}
