namespace Monolith.Insights.Streaming.Windowing;

/// <summary>
/// Joins events of two sides under one key: the right one less than the given time later than the left one, or a little earlier, which is what clocks may
/// differ. The left event opens a window, the right one another of the length of that slack, and where these overlap they become one, which ends when that of the
/// left one does. What finds no partner stays a window of its own, which makes it a full outer join, whatever order the events come in.
/// </summary>
public sealed record IntervalJoin(TimeSpan Within, TimeSpan Slack) : IWindowing
{
    public string Kind => "windowedJoin";

    public TimeSpan? Size => Within;

    public bool Merges => true;

    public IEnumerable<TimeWindow> Assign(DateTimeOffset at, Side side) =>
        [new TimeWindow(at, at + (side == Side.Left ? Within : Slack))];

    /// <summary>Right events do not join each other, but for those of the same moment: a later one would come in by way of an earlier one.</summary>
    public bool Joins(TimeWindow one, TimeWindow other) => one.Overlaps(other) && (HasLeft(one) || HasLeft(other) || one.Start == other.Start);

    public TimeWindow Cover(TimeWindow one, TimeWindow other) => (HasLeft(one), HasLeft(other)) switch
    {
        (true, false) => one.Cover(other) with { End = one.End },
        (false, true) => one.Cover(other) with { End = other.End },
        _ => one.Cover(other),
    };

    private bool HasLeft(TimeWindow window) => window.End - window.Start >= Within;
}
