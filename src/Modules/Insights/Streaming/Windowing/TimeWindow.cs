namespace Monolith.Insights.Streaming.Windowing;

/// <summary>A stretch of event time.</summary>
/// <param name="End">Not in it any more.</param>
public readonly record struct TimeWindow(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The shortest one: a moment, as exact as the database keeps it.</summary>
    public static TimeWindow At(DateTimeOffset moment) => new(moment, moment.AddMicroseconds(1));

    public bool Overlaps(TimeWindow other) => Start < other.End && other.Start < End;

    /// <summary>From the beginning of the earlier one to the end of the later one.</summary>
    public TimeWindow Cover(TimeWindow other) =>
        new(Start < other.Start ? Start : other.Start, End > other.End ? End : other.End);
}
