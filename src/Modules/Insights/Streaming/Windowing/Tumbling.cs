namespace Monolith.Insights.Streaming.Windowing;

/// <summary>Windows of one size that follow each other without a gap, counted from 1970-01-01 in UTC.</summary>
public sealed record Tumbling(TimeSpan Length) : IWindowing
{
    public string Kind => "tumbling";

    public TimeSpan? Size => Length;

    public TimeSpan? Advance => Length;

    public IEnumerable<TimeWindow> Assign(DateTimeOffset at, Side side)
    {
        var start = at.FloorTo(Length);
        return [new TimeWindow(start, start + Length)];
    }
}
