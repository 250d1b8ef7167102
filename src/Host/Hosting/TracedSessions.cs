using System.Diagnostics;
using Marten;

namespace Monolith.Host.Hosting;

/// <summary>Opens sessions that store the W3C trace context with every event, so that an event leads to its trace.</summary>
internal sealed class TracedSessions(IDocumentStore store) : ISessionFactory
{
    public const string TraceParent = "traceparent";

    public IQuerySession QuerySession() => store.QuerySession();

    public IDocumentSession OpenSession()
    {
        var session = store.LightweightSession();
        if (Activity.Current?.Id is { } trace)
        {
            session.SetHeader(TraceParent, trace);
        }

        return session;
    }
}
