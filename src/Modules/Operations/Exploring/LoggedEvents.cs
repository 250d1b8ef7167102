using System.Security.Claims;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using Marten.Events.Archiving;
using Monolith.Kernel.Access;
using Monolith.Kernel.History;
using Npgsql;

namespace Monolith.Operations.Exploring;

/// <summary>
/// Reads events of any type from the log, archived ones too. What this program does not know, such as the events of a module that is left out,
/// comes with <see cref="UnknownData"/>.
/// </summary>
internal static class LoggedEvents
{
    /// <summary>With their data as it is stored, each as <see cref="UnknownData"/>.</summary>
    public static async Task<IReadOnlyList<IEvent>> Load(IQuerySession session, EventSelection selection, CancellationToken cancellation)
    {
        await using var command = selection.ToCommand(session.DocumentStore.Options.Events.DatabaseSchemaName);
        await using var reader = await session.ExecuteReaderAsync(command, cancellation);
        var events = new List<IEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(EventOf((NpgsqlDataReader)reader));
        }

        return events;
    }

    /// <summary>With their data as this program understands it, in the shape of today.</summary>
    public static async Task<IReadOnlyList<IEvent>> Read(IQuerySession session, EventSelection selection, CancellationToken cancellation)
    {
        var events = await Load(session, selection, cancellation);
        var known = new KnownEvents(session.DocumentStore);
        var readable = events.Where(e => known.Include(e.EventTypeName)).Select(e => e.Sequence).ToHashSet();
        var understood = await Understand(session, readable, cancellation);
        foreach (var e in events)
        {
            understood.GetValueOrDefault(e.Sequence)?.AggregateTypeName = e.AggregateTypeName;
        }

        return [.. events.Select(e => understood.GetValueOrDefault(e.Sequence, e))];
    }

    public static RecordedEvent Show(IEvent e, Masks masks, ClaimsPrincipal reader) => RecordedEvent.Of(e, e.AggregateTypeName ?? "", masks, reader);

    /// <summary>An event that cannot be read in spite of its known type is left out; the others are read all the same.</summary>
    private static async Task<IReadOnlyDictionary<long, IEvent>> Understand(
        IQuerySession session, HashSet<long> readable, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var sequences = readable.ToArray();
                var found = await session.Events.QueryAllRawEvents()
                    .Where(e => e.Sequence.IsOneOf(sequences) && e.MaybeArchived()).ToListAsync(cancellation);
                return found.ToDictionary(e => e.Sequence);
            }
            catch (Exception exception) when (exception is IEventFailureContext { Sequence: var culprit } && readable.Remove(culprit))
            {
            }
        }
    }

    private static Event<UnknownData> EventOf(NpgsqlDataReader reader)
    {
        var e = new Event<UnknownData>(new UnknownData(reader.GetString(EventSelection.Data)))
        {
            Sequence = reader.GetInt64(EventSelection.Sequence),
            StreamKey = reader.GetString(EventSelection.Stream),
            AggregateTypeName = TextIn(EventSelection.StreamType),
            Version = reader.GetInt64(EventSelection.Version),
            EventTypeName = reader.GetString(EventSelection.Type),
            Timestamp = reader.GetFieldValue<DateTimeOffset>(EventSelection.RecordedAt),
            UserName = TextIn(EventSelection.Actor),
            CorrelationId = TextIn(EventSelection.Correlation),
            CausationId = TextIn(EventSelection.Causation),
        };
        if (TextIn(EventSelection.Trace) is { } trace)
        {
            e.SetHeader(RecordedEvent.TraceHeader, trace);
        }

        return e;

        string? TextIn(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
