using Marten;
using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.History;

namespace Monolith.Operations.Auditing;

/// <summary>Appends to the audit, each time in a transaction of its own: what a command rolls back is in the audit all the same.</summary>
public sealed class AuditLog(ISessionFactory sessions)
{
    /// <param name="http">The request that is told about; its user, correlation, command and trace are recorded beside the event.</param>
    public async Task Append(object e, HttpContext http, CancellationToken cancellation)
    {
        var answered = http.Response.Headers[CommitSequence.Header];
        try
        {
            await AppendOnce(e, http, cancellation);
        }
        catch (Exception lost) when (LostRace.Is(lost))
        {
            // Only the very first event can lose a race: there was no stream yet to wait for.
            await AppendOnce(e, http, cancellation);
        }

        if (!http.Response.HasStarted)
        {
            // The client wants to know how far the command's own events went.
            http.Response.Headers[CommitSequence.Header] = answered;
        }
    }

    private async Task AppendOnce(object e, HttpContext http, CancellationToken cancellation)
    {
        await using var session = sessions.OpenSession();
        session.CorrelationId = http.Request.Headers[RecordedEvent.CorrelationHeader];
        session.LastModifiedBy = http.User.Subject();

        // One after the other, before a sequence is drawn: whoever lost a race with one in hand would leave a gap, and projections wait for gaps.
        if ((await session.Lock([Audit.Stream], cancellation)).Count > 0)
        {
            session.Events.Append(Audit.Stream, e);
        }
        else
        {
            session.Events.StartStream<Audit>(Audit.Stream, e);
        }

        await session.SaveChangesAsync(cancellation);
    }
}
