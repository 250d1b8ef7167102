using Marten;
using Monolith.Kernel;
using Monolith.Kernel.Commands;

namespace Monolith.Insights.Clock;

/// <summary>Lets time pass in the log, if something waits for it. Sent every minute.</summary>
public sealed record AdvanceTime;

public static class AdvanceTimeHandler
{
    public static async Task Handle(AdvanceTime message, IDocumentSession session, TimeProvider time, CancellationToken cancellation)
    {
        var closings = new List<DateTimeOffset?>();
        foreach (var insight in Processors.All)
        {
            closings.Add(await insight.NextClosing(session, cancellation));
        }

        // One after the other, so that nobody loses a race with a sequence in hand.
        var isRunning = (await session.Lock([LogClock.Stream], cancellation)).Count > 0;
        var last = isRunning ? await LogClock.Last(session, cancellation) : null;
        if (LogClock.Decide([.. closings.OfType<DateTimeOffset>()], last, await Now(session, time, cancellation)) is not { } advanced)
        {
            return;
        }

        if (isRunning)
        {
            session.Events.Append(LogClock.Stream, advanced);
        }
        else
        {
            session.Events.StartStream<LogClock>(LogClock.Stream, advanced);
        }
    }

    /// <summary>A node whose clock is ahead of that of the database would close everybody's windows, for ever.</summary>
    private static async Task<DateTimeOffset> Now(IQuerySession session, TimeProvider time, CancellationToken cancellation)
    {
        var here = time.BusinessNow();
        var there = (await session.AdvancedSql.QueryAsync<DateTimeOffset>("select clock_timestamp()", cancellation))[0].ToMicroseconds();
        return here < there ? here : there;
    }
}
