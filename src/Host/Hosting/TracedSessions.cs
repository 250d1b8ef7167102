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
    /// <summary>In seconds.</summary>
    private readonly int patience = Storage.PatienceOf(database);

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

    /// <summary>Whoever waits for the answer of a request waits no longer for a statement than for anything else of the database.</summary>
    private SessionOptions Options() => new() { Timeout = requests.HttpContext is null ? null : patience };
}
