using System.Globalization;

namespace Monolith.Insights.Topics;

/// <summary>How far the log has been published to a topic. The log is the outbox: what lies after this place is still to be sent.</summary>
/// <param name="Id">The topic's name.</param>
/// <param name="Sequence">Events up to this one have been confirmed by the broker.</param>
/// <param name="Run">1, and one more for each replay.</param>
public sealed record TopicPosition(string Id, long Sequence, int Run)
{
    /// <summary>A topic that is new begins with what comes.</summary>
    internal static TopicPosition New(string topic, long head) => new(topic, head, Run: 1);

    /// <summary>All again, from after a sequence on, told apart from the time before.</summary>
    internal TopicPosition Again(long after) => this with { Sequence = after, Run = Run + 1 };

    internal string Epoch(string feed) => string.Create(CultureInfo.InvariantCulture, $"{feed}-{Run}");
}
