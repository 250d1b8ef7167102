namespace Monolith.Insights.Streaming.Windowing;

/// <summary>
/// Joins events of two sides under one key: the right one less than the given time later than the left one, or a little earlier, which is what clocks may
/// differ. The left event opens a window, the right one another of the length of that slack, and what overlaps becomes one. What finds no partner stays a window of its own, which makes
/// it a full outer join, whatever order the events come in.
/// </summary>
public sealed record IntervalJoin(TimeSpan Within, TimeSpan Slack) : IWindowing
{
    public string Kind => "windowedJoin";

    public TimeSpan? Size => Within;

    public bool Merges => true;

    public IEnumerable<TimeWindow> Assign(DateTimeOffset at, Side side) =>
        [new TimeWindow(at, at + (side == Side.Left ? Within : Slack))];
}
