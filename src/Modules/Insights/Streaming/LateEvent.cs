using System.Text.Json.Serialization;

namespace Monolith.Insights.Streaming;

/// <summary>An event whose time did not fit: too late for a window, which went on without it, or of the future.</summary>
/// <param name="Id">Begins with the sequence, so that it is the sort key, too.</param>
/// <param name="Start">Of the window that it came too late for; null when it was of the future.</param>
/// <param name="EventTime">The time that the event says.</param>
/// <param name="TakenAs">The watermark when it came; or the time that an event of the future was taken for.</param>
public sealed record LateEvent<TProcessor>(
    string Id, long Sequence, Misfit Reason, string? Key, DateTimeOffset? Start, DateTimeOffset? End, DateTimeOffset EventTime, DateTimeOffset TakenAs);

internal static class LateEvent
{
    public static LateEvent<TProcessor> Late<TProcessor>(
        long sequence, string window, string key, DateTimeOffset start, DateTimeOffset end, DateTimeOffset at, DateTimeOffset watermark) =>
        new($"{sequence:D19}/{window}", sequence, Misfit.Late, key, start, end, at, watermark);

    public static LateEvent<TProcessor> OfTheFuture<TProcessor>(long sequence, DateTimeOffset claimed, DateTimeOffset takenAs) =>
        new($"{sequence:D19}", sequence, Misfit.Future, Key: null, Start: null, End: null, claimed, takenAs);
}

/// <summary>Why the time of an event did not fit. The stored names are explicit.</summary>
public enum Misfit
{
    /// <summary>Its window was final.</summary>
    [JsonStringEnumMemberName("late")]
    Late,

    /// <summary>It said it was later than when it was recorded, by more than clocks differ; it was taken for as late as may be.</summary>
    [JsonStringEnumMemberName("future")]
    Future,
}
