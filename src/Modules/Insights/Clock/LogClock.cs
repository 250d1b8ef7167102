using Marten;
using Monolith.Contracts.Insights;

namespace Monolith.Insights.Clock;

/// <summary>The stream by which time comes into the log when nothing else happens. It has no state.</summary>
public sealed class LogClock
{
    public const string Stream = "clock";

    private LogClock()
    {
    }

    /// <summary>Its events and their stored names, which are for ever.</summary>
    public static IReadOnlyDictionary<Type, string> Events { get; } = new Dictionary<Type, string>
    {
        [typeof(TimeAdvanced)] = "insights.TimeAdvanced",
    };

    /// <summary>It is later now, if a window waits for that to be said.</summary>
    /// <param name="closings">When open windows become final.</param>
    /// <param name="last">The last thing that was said; a processor that is behind will come to it.</param>
    internal static TimeAdvanced? Decide(IReadOnlyCollection<DateTimeOffset> closings, TimeAdvanced? last, DateTimeOffset now) =>
        closings.Any(at => at <= now && (last is null || last.AdvancedAt < at)) ? new TimeAdvanced(now) : null;

    internal static async Task<TimeAdvanced?> Last(IQuerySession session, CancellationToken cancellation) =>
        (await session.Events.QueryAllRawEvents().Where(e => e.StreamKey == Stream).OrderByDescending(e => e.Version).Take(1).ToListAsync(cancellation))
        .Select(e => e.Data).OfType<TimeAdvanced>().FirstOrDefault();
}
