namespace Monolith.Insights.Streaming.Windowing;

/// <summary>One window for all time, which never ends: the present state of a key.</summary>
public sealed record Unbounded : IWindowing
{
    private static readonly TimeWindow Always = new(DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public string Kind => "global";

    public IEnumerable<TimeWindow> Assign(DateTimeOffset at, Side side) => [Always];
}
