using System.Text;
using System.Text.Json;
using Monolith.OrderCounts;
using RabbitMQ.Client;

// A service outside the monolith: it references none of it, knows the topic alone, and keeps its own count of orders. After each message it
// prints what it knows, as a line of JSON.
if (args is not [var address, var exchange])
{
    await Console.Error.WriteLineAsync("Usage: OrderCounts <amqp-uri> <exchange>");
    return 2;
}

const string Queue = "order-counts";
await using var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true);
await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false);
await channel.QueueBindAsync(Queue, exchange, "ordering.OrderPlaced.#");
await Console.Out.WriteLineAsync("listening");

var counts = new Counts();
using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
while (true)
{
    while (await channel.BasicGetAsync(Queue, autoAck: false) is { } message)
    {
        var epoch = Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers!["monolith-epoch"]!);
        using var body = JsonDocument.Parse(message.Body);
        counts = counts.With(epoch, body.RootElement);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new { counts.Epoch, counts.Days }, JsonSerializerOptions.Web));
        await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
    }

    await timer.WaitForNextTickAsync();
}
