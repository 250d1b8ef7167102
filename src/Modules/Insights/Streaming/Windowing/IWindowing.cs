namespace Monolith.Insights.Streaming.Windowing;

/// <summary>Says to which windows a moment of event time belongs. A new kind of window is a new implementation of this, and nothing else.</summary>
public interface IWindowing
{
    /// <summary>What it is called in the API.</summary>
    string Kind { get; }

    /// <summary>How long a window is, null where that depends on the events.</summary>
    TimeSpan? Size => null;

    /// <summary>From the start of one window to the start of the next.</summary>
    TimeSpan? Advance => null;

    /// <summary>How long nothing has to happen for a window to end.</summary>
    TimeSpan? Gap => null;

    /// <summary>Whether windows of one key may become one.</summary>
    bool Merges => false;

    /// <summary>Which ones do, where windows merge.</summary>
    bool Joins(TimeWindow one, TimeWindow other) => one.Overlaps(other);

    /// <summary>And what they become.</summary>
    TimeWindow Cover(TimeWindow one, TimeWindow other) => one.Cover(other);

    /// <param name="side">From which side of a join the event comes; otherwise always <see cref="Side.Left"/>.</param>
    IEnumerable<TimeWindow> Assign(DateTimeOffset at, Side side);
}

/// <summary>The two inputs of a join.</summary>
public enum Side
{
    Left,
    Right,
}
