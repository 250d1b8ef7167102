using System.Diagnostics;
using Marten;
using Monolith.Kernel.History;
using Npgsql;
using SessionOptions = Marten.Services.SessionOptions;

namespace Monolith.Host.Hosting;

/// <summary>
/// Opens sessions that store the W3C trace context and the command with every event, so that an event leads to both. In the handler of a
/// message, what the message carries takes the place of the command.
/// </summary>
internal sealed class TracedSessions(IDocumentStore store, NpgsqlDataSource database, IHttpContextAccessor requests) : ISessionFactory
{
    /// <summary>Seconds for a statement of a request: half of what others may take, rounded up, for 0 is for ever. It is longer than a lock is waited for.</summary>
    private readonly int patience = (new NpgsqlConnectionStringBuilder(database.ConnectionString).CommandTimeout + 1) / 2;

    public IQuerySession QuerySession() => store.QuerySession(Options());

    public IDocumentSession OpenSession()
    {
        var session = store.LightweightSession(Options());
        session.CausationId = Causation.Command()?.ToString();
        if (Activity.Current?.Id is { } trace)
        {
            session.SetHeader(RecordedEvent.TraceHeader, trace);
        }

        return session;
    }

    private SessionOptions Options() => new() { Timeout = requests.HttpContext is null ? null : patience };
}
