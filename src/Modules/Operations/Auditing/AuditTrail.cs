using Marten;

namespace Monolith.Operations.Auditing;

/// <summary>One stream of what operators did that is no operation of its own: who, why, and what it concerned.</summary>
public sealed record AuditTrail
{
    private const string Stream = "audit";

    internal static async Task Record(IDocumentSession session, object e, CancellationToken cancellation)
    {
        if (await session.Events.FetchStreamStateAsync(Stream, cancellation) is null)
        {
            session.Events.StartStream<AuditTrail>(Stream, e);
        }
        else
        {
            session.Events.Append(Stream, e);
        }
    }
}
