using System.Diagnostics;
using Marten;
using Monolith.Kernel.History;

namespace Monolith.Host.Hosting;

/// <summary>
/// Opens sessions that store the W3C trace context and the command with every event, so that an event leads to both. In the handler of a
/// message, what the message carries takes the place of the command.
/// </summary>
internal sealed class TracedSessions(IDocumentStore store) : ISessionFactory
{
    public IQuerySession QuerySession() => store.QuerySession();

    public IDocumentSession OpenSession()
    {
        var session = store.LightweightSession();
        session.CausationId = Causation.Command()?.ToString();
        if (Activity.Current?.Id is { } trace)
        {
            session.SetHeader(RecordedEvent.TraceHeader, trace);
        }

        return session;
    }
}
