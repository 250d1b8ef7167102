using Monolith.Console.Api;

namespace Monolith.Console.Events;

/// <summary>Which events are looked for; everything that is given has to fit.</summary>
public sealed record Wanted(string? Type, string? StreamId, string? CorrelationId, string? Actor, string? From, string? To)
{
    public (string Name, string? Value)[] Query =>
        [("type", Type), ("streamId", StreamId), ("correlationId", CorrelationId), ("actor", Actor), ("from", From), ("to", To)];
}

internal static class EventTypeNames
{
    /// <summary>The types that are in the log.</summary>
    public static async Task<IReadOnlyList<string>> Load(MonolithApi api, CancellationToken cancellation)
    {
        var page = await api.Get<Page<EventTypeName>>("admin/event-types?limit=200", cancellation);
        return [.. page.Items.Where(type => type.Count > 0).Select(type => type.Name).Distinct().Order()];
    }

    private sealed record EventTypeName(string Name, long Count);
}
