namespace Monolith.Insights.Streaming.Windowing;

/// <summary>Windows of one size of which one begins every so often; they overlap, and an event is in several of them.</summary>
public sealed record Hopping(TimeSpan Length, TimeSpan Every) : IWindowing
{
    public string Kind => "hopping";

    public TimeSpan? Size => Length;

    public TimeSpan? Advance => Every;

    public IEnumerable<TimeWindow> Assign(DateTimeOffset at, Side side)
    {
        for (var start = at.FloorTo(Every); start > at - Length; start -= Every)
        {
            yield return new TimeWindow(start, start + Length);
        }
    }
}
