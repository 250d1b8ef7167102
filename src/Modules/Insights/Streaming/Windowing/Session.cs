namespace Monolith.Insights.Streaming.Windowing;

/// <summary>
/// Windows that last as long as no gap comes between two events of a key. An event opens one of the length of the gap, and windows that overlap
/// become one; so a late event can join two of them. The algorithm is that of merging windows in the Dataflow model (Akidau et al., 2015).
/// </summary>
public sealed record Session(TimeSpan Inactivity) : IWindowing
{
    public string Kind => "session";

    public TimeSpan? Gap => Inactivity;

    public bool Merges => true;

    public IEnumerable<TimeWindow> Assign(DateTimeOffset at, Side side) => [new TimeWindow(at, at + Inactivity)];
}
