namespace Monolith.Insights.Streaming.Windowing;

internal static class Flooring
{
    /// <summary>The last moment at or before this one that is a multiple of the length after 1970-01-01 in UTC.</summary>
    public static DateTimeOffset FloorTo(this DateTimeOffset at, TimeSpan length)
    {
        var since = (at - DateTimeOffset.UnixEpoch).Ticks;
        var rest = since % length.Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks(since - (rest < 0 ? rest + length.Ticks : rest));
    }
}
