using System.Text.Json;
using System.Text.Json.Nodes;
using JasperFx.Events;
using Monolith.Kernel.Folding;

namespace Monolith.Kernel.History;

/// <summary>One event, the state that it led to, and which members of that state it changed.</summary>
public sealed record ReplayStep<TView>(
    long Version, long Sequence, string Type, DateTimeOffset RecordedAt, object Data, TView State, IReadOnlyList<string> Changed);

public static class Replay
{
    /// <summary>Folds events one by one, with the fold that the application itself uses.</summary>
    /// <param name="before">The state before the first one; null before anything happened.</param>
    /// <param name="view">The state as the reader may see it.</param>
    /// <param name="show">The event as the reader may see it.</param>
    public static IReadOnlyList<ReplayStep<TView>> Of<TState, TView>(
        TState? before, IEnumerable<IEvent> events, Func<TState, TView> view, Func<object, object> show, JsonSerializerOptions json)
        where TState : class, IFolded<TState>
    {
        var (state, shown) = (before, before is null ? [] : Members(view(before), json));
        var steps = new List<ReplayStep<TView>>();
        foreach (var e in events)
        {
            state = TState.Fold(state, e.Data);
            if (state is null)
            {
                continue;
            }

            var now = view(state);
            var members = Members(now, json);
            steps.Add(new ReplayStep<TView>(
                e.Version, e.Sequence, EventName.Parse(e.EventTypeName).Type, e.Timestamp, show(e.Data), now,
                [.. members.Where(m => !JsonNode.DeepEquals(m.Value, shown[m.Key]) || !shown.ContainsKey(m.Key)).Select(m => m.Key)]));
            shown = members;
        }

        return steps;
    }

    private static JsonObject Members<TView>(TView view, JsonSerializerOptions json) => JsonSerializer.SerializeToNode(view, json)!.AsObject();
}
