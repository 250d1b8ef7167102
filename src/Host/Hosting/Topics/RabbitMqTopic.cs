using System.Globalization;
using Monolith.Kernel.Publishing;
using RabbitMQ.Client;

namespace Monolith.Host.Hosting.Topics;

/// <summary>
/// A topic exchange of RabbitMQ, durable, with persistent messages that the broker confirms. The routing key is the type without its first part and the key, so
/// that consumers bind to a module (<c>ordering.#</c>), a type (<c>ordering.OrderPlaced.#</c>) or everything (<c>#</c>).
/// </summary>
internal sealed class RabbitMqTopic(Uri uri, string exchange) : IEventTopic, IAsyncDisposable
{
    private IConnection? connection;
    private IChannel? channel;

    public string Name => "rabbitmq";

    public async Task Publish(IReadOnlyList<TopicMessage> messages, CancellationToken cancellation)
    {
        try
        {
            var open = await Open(cancellation);
            // Sent one behind the other, confirmed together: the channel keeps the order.
            var sent = new List<Task>(messages.Count);
            foreach (var message in messages)
            {
                sent.Add(open.BasicPublishAsync(exchange, RoutingKey(message), mandatory: false, Properties(message), message.Body, cancellation).AsTask());
            }

            await Task.WhenAll(sent);
        }
        catch
        {
            // What is left of a broken connection is of no use for the next attempt.
            await Close();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Close();

    private static string RoutingKey(TopicMessage message) => $"{message.Type[(message.Type.IndexOf('.', StringComparison.Ordinal) + 1)..]}.{message.Key}";

    private static BasicProperties Properties(TopicMessage message) => new()
    {
        MessageId = message.Id,
        Type = message.Type,
        ContentType = TopicMessage.ContentType,
        DeliveryMode = DeliveryModes.Persistent,
        Headers = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [TopicMessage.EpochHeader] = message.Epoch,
            [TopicMessage.SequenceHeader] = message.Sequence.ToString(CultureInfo.InvariantCulture),
        },
    };

    private async Task<IChannel> Open(CancellationToken cancellation)
    {
        if (channel is { IsOpen: true })
        {
            return channel;
        }

        await Close();
        connection = await new ConnectionFactory { Uri = uri, AutomaticRecoveryEnabled = false, ClientProvidedName = "monolith" }.CreateConnectionAsync(cancellation);
        channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellation);
        return channel;
    }

    private async Task Close()
    {
        var (oldChannel, oldConnection) = (channel, connection);
        (channel, connection) = (null, null);
        if (oldChannel is not null)
        {
            await oldChannel.DisposeAsync();
        }

        if (oldConnection is not null)
        {
            await oldConnection.DisposeAsync();
        }
    }
}
