namespace Monolith.Insights.Streaming.Windowing;

/// <summary>
/// Joins events of two sides under one key: the right one at or after the left one, and less than the given time later. The left event opens a
/// window of that length, the right one is a moment, and what overlaps becomes one. What finds no partner stays a window of its own, which makes
/// it a full outer join, whatever order the events come in.
/// </summary>
public sealed record IntervalJoin(TimeSpan Within) : IWindowing
{
    public string Kind => "windowedJoin";

    public TimeSpan? Size => Within;

    public bool Merges => true;

    public IEnumerable<TimeWindow> Assign(DateTimeOffset at, Side side) =>
        [side == Side.Left ? new TimeWindow(at, at + Within) : TimeWindow.At(at)];
}
