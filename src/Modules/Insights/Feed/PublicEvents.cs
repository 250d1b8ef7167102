using JasperFx.Events;
using Marten;
using Monolith.Kernel.History;
using Monolith.Kernel.Publishing;

namespace Monolith.Insights.Feed;

/// <summary>The events that have a public form.</summary>
public sealed class PublicEvents(IEnumerable<PublicForm> forms, IDocumentStore store)
{
    private readonly Dictionary<Type, PublicForm> byEvent = forms.ToDictionary(form => form.Event);

    /// <summary>Stored names of today by type.</summary>
    private readonly Dictionary<Type, string> names = store.Options.Events.AllKnownEventTypes()
        .DistinctBy(known => known.EventType).ToDictionary(known => known.EventType, known => known.EventTypeName);

    /// <summary>What the world calls a type, whatever its version: <c>monolith.ordering.OrderPlaced</c>.</summary>
    public static string TypeOf(EventName name) => $"monolith.{name.Module}.{name.Type}";

    /// <summary>The stored names, in all versions, of public types.</summary>
    /// <param name="types">Only these, by their whole name or its last part; null for all.</param>
    /// <param name="unknown">Those that there are no public events of.</param>
    public string[] StoredNames(IReadOnlyCollection<string>? types, out IReadOnlyList<string> unknown)
    {
        var stored = byEvent.Keys.Select(type => names[type]).ToList();
        unknown = [.. (types ?? []).Where(type => !stored.Exists(name => IsCalled(name, type)))];
        return [.. stored.Where(name => types is null || types.Any(type => IsCalled(name, type))).SelectMany(EventName.AllVersions)];
    }

    public CloudEvent Show(IEvent e) => CloudEvent.Of(e, byEvent[e.EventType]);

    private static bool IsCalled(string stored, string type) => EventName.Parse(stored) is var name && (type == name.Type || type == TypeOf(name));
}
