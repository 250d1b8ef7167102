using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Monolith.Kernel.Publishing;

namespace Monolith.Host.Hosting.Topics;

/// <summary>A topic of Kafka. Its key is the aggregate's id, so an aggregate's events are in one partition, in their order.</summary>
internal sealed class KafkaTopic : IEventTopic, IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly string topic;
    private readonly ProducerConfig config;
    private IProducer<string, byte[]>? producer;

    /// <param name="settings">Whatever else the client library is to be told, such as credentials.</param>
    public KafkaTopic(string bootstrapServers, string topic, Dictionary<string, string> settings)
    {
        this.topic = topic;
        config = new ProducerConfig(settings)
        {
            BootstrapServers = bootstrapServers,
            ClientId = "monolith",
            // Each message once and in order, whatever the producer has to repeat.
            EnableIdempotence = true,
            Acks = Acks.All,
            MessageTimeoutMs = 30_000,
        };
    }

    public string Name => "kafka";

    public async Task Publish(IReadOnlyList<TopicMessage> messages, CancellationToken cancellation)
    {
        // It tells of every attempt to connect; who publishes tells of what failed.
        var current = producer ??= new ProducerBuilder<string, byte[]>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        try
        {
            await Task.WhenAll(messages.Select(message => current.ProduceAsync(topic, Of(message), cancellation)));
        }
        catch (KafkaException exception) when (exception.Error.IsFatal)
        {
            // It refuses everything from now on.
            current.Dispose();
            producer = null;
            throw;
        }
    }

    public void Dispose()
    {
        producer?.Flush(LastWords);
        producer?.Dispose();
    }

    private static Message<string, byte[]> Of(TopicMessage message) => new()
    {
        Key = message.Key,
        Value = message.Body.ToArray(),
        Headers =
        [
            new Header("content-type", Encoding.UTF8.GetBytes(TopicMessage.ContentType)),
            new Header(TopicMessage.EpochHeader, Encoding.UTF8.GetBytes(message.Epoch)),
            new Header(TopicMessage.SequenceHeader, Encoding.UTF8.GetBytes(message.Sequence.ToString(CultureInfo.InvariantCulture))),
        ],
    };
}
