namespace Monolith.Insights.Streaming.Windowing;

/// <summary>No window: every event stands for itself, at its moment.</summary>
public sealed record Moment : IWindowing
{
    public string Kind => "moment";

    public IEnumerable<TimeWindow> Assign(DateTimeOffset at, Side side) => [TimeWindow.At(at)];
}
