namespace Monolith.Kernel.Publishing;

/// <summary>A topic of a message broker, to which events are published.</summary>
public interface IEventTopic
{
    /// <summary>What it is called in this installation; its place in the log is kept under this name.</summary>
    string Name { get; }

    /// <summary>
    /// Publishes messages in their order. Returns when the broker has confirmed all of them; after an exception, any of them may have got there or not.
    /// </summary>
    Task Publish(IReadOnlyList<TopicMessage> messages, CancellationToken cancellation);
}

/// <param name="Id">The same whenever the event is published.</param>
/// <param name="Key">Messages of one key keep their order.</param>
/// <param name="Type">For instance <c>monolith.ordering.OrderPlaced</c>.</param>
/// <param name="Sequence">Its place in the log.</param>
/// <param name="Epoch">Which run through the log this is; a replay has another one.</param>
/// <param name="Body">A CloudEvent in structured JSON, UTF-8.</param>
public sealed record TopicMessage(string Id, string Key, string Type, long Sequence, string Epoch, ReadOnlyMemory<byte> Body)
{
    public const string ContentType = "application/cloudevents+json";

    public const string EpochHeader = "monolith-epoch";

    public const string SequenceHeader = "monolith-sequence";
}
