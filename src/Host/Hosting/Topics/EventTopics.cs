using Monolith.Kernel.Publishing;

namespace Monolith.Host.Hosting.Topics;

/// <summary>The brokers that events are published to: each is switched on by saying where it is.</summary>
internal static class EventTopics
{
    private const string DefaultName = "monolith.events";

    /// <exception cref="CannotStartException">The address is none.</exception>
    public static void AddEventTopics(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration["Topics:RabbitMq:Uri"] is { Length: > 0 } address)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps"))
            {
                throw new CannotStartException("Topics:RabbitMq:Uri must be an address such as amqp://user:password@host:5672/.");
            }

            var exchange = builder.Configuration["Topics:RabbitMq:Exchange"] ?? DefaultName;
            builder.Services.AddSingleton<IEventTopic>(_ => new RabbitMqTopic(uri, exchange));
        }

        if (builder.Configuration["Topics:Kafka:BootstrapServers"] is { Length: > 0 } servers)
        {
            var topic = builder.Configuration["Topics:Kafka:Topic"] ?? DefaultName;
            var settings = builder.Configuration.GetSection("Topics:Kafka:Settings").GetChildren().ToDictionary(s => s.Key, s => s.Value ?? "");
            builder.Services.AddSingleton<IEventTopic>(_ => new KafkaTopic(servers, topic, settings));
        }
    }
}
