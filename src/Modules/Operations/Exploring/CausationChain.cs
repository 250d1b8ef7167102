using JasperFx.Events;
using Monolith.Kernel.History;
using Monolith.Operations.Auditing;

namespace Monolith.Operations.Exploring;

public enum ChainNodeKind
{
    /// <summary>What somebody asked for over HTTP.</summary>
    Command,

    /// <summary>What one part of the system told another, or itself for later.</summary>
    Message,

    Event,
}

/// <param name="Id">The event's sequence, or the id of the command or message.</param>
/// <param name="Name">The type of the event or message, the method and route of the command.</param>
public sealed record ChainNode(
    string Id, ChainNodeKind Kind, string Name, string? Module, string? StreamId, long? Sequence, DateTimeOffset? RecordedAt);

public sealed record ChainEdge(string From, string To);

/// <summary>
/// What caused an event and what it caused: a command leads to events, these to messages, these to further events. A message that led to
/// no event stands between what sent it and what it sent.
/// </summary>
/// <param name="Truncated">The correlation has more events than are looked at, so nodes may be missing.</param>
public sealed record CausationChain(IReadOnlyList<ChainNode> Nodes, IReadOnlyList<ChainEdge> Edges, bool Truncated)
{
    /// <param name="related">The events with the same correlation, in the order of the log.</param>
    /// <param name="most">How many of them are looked at.</param>
    public static CausationChain Of(IEvent wanted, IReadOnlyList<IEvent> related, int most)
    {
        var looked = related.Take(most).ToList();
        var whole = Graph(looked.Any(e => e.Sequence == wanted.Sequence) ? looked : [.. looked, wanted]);
        var start = IdOf(wanted.Sequence);
        var kept = Reach(start, whole, e => (e.From, e.To)).Union(Reach(start, whole, e => (e.To, e.From))).ToHashSet(StringComparer.Ordinal);
        return new CausationChain(
            [.. whole.Nodes.Where(node => kept.Contains(node.Id))],
            [.. whole.Edges.Where(edge => kept.Contains(edge.From) && kept.Contains(edge.To))],
            related.Count > most);
    }

    private static CausationChain Graph(IReadOnlyList<IEvent> related)
    {
        var events = related.Select(e => (Node: NodeOf(e), Causes: Cause.Parse(e.CausationId))).ToList();
        // What the audit records of a command leads to nothing.
        var recorded = events.Where(e => e.Causes.Count > 0 && e.Node.StreamId != Audit.Stream).ToLookup(e => e.Causes[^1].Id, e => e.Node.Id, StringComparer.Ordinal);
        var nodes = new Dictionary<string, ChainNode>(StringComparer.Ordinal);
        var edges = new HashSet<ChainEdge>();
        foreach (var (node, causes) in events)
        {
            foreach (var (index, cause) in causes.Index())
            {
                nodes.TryAdd(cause.Id, NodeOf(cause));
                if (index > 0)
                {
                    edges.UnionWith(recorded[causes[index - 1].Id].DefaultIfEmpty(causes[index - 1].Id).Select(from => new ChainEdge(from, cause.Id)));
                }
            }

            nodes.Add(node.Id, node);
            edges.UnionWith(causes.TakeLast(1).Select(cause => new ChainEdge(cause.Id, node.Id)));
        }

        return new CausationChain([.. nodes.Values], [.. edges], Truncated: false);
    }

    /// <summary>All nodes that can be come to from here.</summary>
    private static HashSet<string> Reach(string start, CausationChain graph, Func<ChainEdge, (string From, string To)> direction)
    {
        var next = graph.Edges.Select(direction).ToLookup(e => e.From, e => e.To, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal) { start };
        for (var frontier = new Queue<string>(reached); frontier.TryDequeue(out var node);)
        {
            foreach (var neighbour in next[node].Where(reached.Add))
            {
                frontier.Enqueue(neighbour);
            }
        }

        return reached;
    }

    private static ChainNode NodeOf(Cause cause) => new(
        cause.Id, cause.Name.Contains(' ', StringComparison.Ordinal) ? ChainNodeKind.Command : ChainNodeKind.Message, cause.Name,
        Module: null, StreamId: null, Sequence: null, RecordedAt: null);

    private static ChainNode NodeOf(IEvent e) => Named(e, EventName.Parse(e.EventTypeName));

    private static ChainNode Named(IEvent e, EventName name) =>
        new(IdOf(e.Sequence), ChainNodeKind.Event, name.Type, name.Module, e.StreamKey, e.Sequence, e.Timestamp);

    private static string IdOf(long sequence) => sequence.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
