using Marten;
using Monolith.Kernel.History;
using Npgsql;

namespace Monolith.Operations.Exploring;

/// <summary>The types of events that this program can read. One that it reads as a later version is known by that.</summary>
internal sealed class KnownEvents(IDocumentStore store)
{
    private readonly HashSet<EventName> readable = [.. NamesIn(store).Select(WithoutVersion)];

    /// <summary>Stored names, of all modules of this process.</summary>
    public IReadOnlyList<string> Names { get; } = NamesIn(store);

    public bool Include(string stored) => readable.Contains(WithoutVersion(stored));

    /// <summary>Stored names of a type, in all its versions, whether this program knows it or only the log does.</summary>
    /// <param name="type">As people see it (<c>OrderPlaced</c>), or as it is stored (<c>ordering.OrderPlaced</c>).</param>
    public static async Task<IReadOnlyList<string>> Find(string type, IQuerySession session, CancellationToken cancellation)
    {
        var known = new KnownEvents(session.DocumentStore).Names;
        return [.. known.Union(await InLog(session, cancellation)).Where(stored => IsCalled(stored, type)).Order(StringComparer.Ordinal)];
    }

    internal static bool IsCalled(string stored, string type)
    {
        var (name, wanted) = (EventName.Parse(stored), EventName.Parse(type));
        return name.Type == wanted.Type && (wanted.Module.Length == 0 || name.Module == wanted.Module);
    }

    /// <summary>Jumps from type to type in the index, and looks at no more than one event of each.</summary>
    internal static string TypesOf(string schema) =>
        $"""
        with recursive types as (
          (select e.type from {schema}.mt_events e order by e.type limit 1)
          union all
          select (select e.type from {schema}.mt_events e where e.type > t.type order by e.type limit 1) from types t where t.type is not null)
        select t.type from types t where t.type is not null
        """;

    private static async Task<IReadOnlyList<string>> InLog(IQuerySession session, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(TypesOf(session.DocumentStore.Options.Events.DatabaseSchemaName));
        await using var reader = await session.ExecuteReaderAsync(command, cancellation);
        var types = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            types.Add(reader.GetString(0));
        }

        return types;
    }

    private static List<string> NamesIn(IDocumentStore store) =>
    [
        .. store.Options.Events.AllKnownEventTypes()
            .Where(known => known.EventType.Assembly.GetName().Name!.StartsWith("Monolith.", StringComparison.Ordinal))
            .Select(known => known.EventTypeName),
    ];

    private static EventName WithoutVersion(string stored) => EventName.Parse(stored) with { Version = 0 };
}
