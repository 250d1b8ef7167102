namespace Monolith.Insights.Streaming;

/// <summary>How far event time has come for a processor. It is stored with what was folded, never taken from a clock.</summary>
/// <param name="Watermark">The latest event time so far; null before the first event.</param>
/// <param name="Late">How often an event came too late for one of its windows.</param>
/// <param name="Clamped">How many events said they were of the future.</param>
public sealed record StreamTime<TProcessor>(string Id, DateTimeOffset? Watermark, long Late, long Clamped)
{
    public StreamTime<TProcessor> At(DateTimeOffset moment) => Watermark >= moment ? this : this with { Watermark = moment };
}

internal static class StreamTime
{
    /// <summary>The id: a processor has one time.</summary>
    public const string Only = "now";

    public static StreamTime<TProcessor> Beginning<TProcessor>() => new(Only, Watermark: null, Late: 0, Clamped: 0);
}
