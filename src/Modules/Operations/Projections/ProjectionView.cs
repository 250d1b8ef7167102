namespace Monolith.Operations.Projections;

public enum ProjectionStatus
{
    /// <summary>It follows the log.</summary>
    Running,

    /// <summary>It is being computed again.</summary>
    Rebuilding,

    /// <summary>An error stopped it, see <see cref="ProjectionView.LastError"/>.</summary>
    Failed,

    /// <summary>No node runs it at the moment.</summary>
    Stopped,
}

/// <summary>A projection as the API shows it.</summary>
/// <param name="Position">The last event that it has seen.</param>
/// <param name="Head">The last event of the log.</param>
/// <param name="LagSeconds">Age of the oldest event that it has not seen, 0 when it has seen all.</param>
/// <param name="Node">The number of the node that runs it; an inline projection runs wherever events are appended.</param>
public sealed record ProjectionView(
    string Name,
    ProjectionKind Kind,
    string Module,
    int Generation,
    ProjectionStatus Status,
    long Position,
    long Head,
    long LagEvents,
    double LagSeconds,
    int? Node,
    string? LastError)
{
    internal static ProjectionView Of(
        RegisteredProjection projection, int generation, bool rebuilding, Positions positions, IReadOnlyDictionary<string, int> nodes, DateTimeOffset now)
    {
        if (projection.Kind == ProjectionKind.Inline)
        {
            return new ProjectionView(
                projection.Name, projection.Kind, projection.Module, generation, rebuilding ? ProjectionStatus.Rebuilding : ProjectionStatus.Running,
                positions.Head, positions.Head, LagEvents: 0, LagSeconds: 0, Node: null, LastError: null);
        }

        // Of several shards the one that is furthest behind counts.
        var (shard, slowest) = projection.Shards.Select(s => (s, positions.Shards[s])).MinBy(s => s.Item2.Sequence);
        var node = nodes.TryGetValue(shard, out var number) ? number : (int?)null;
        var error = projection.Shards.Select(s => positions.Shards[s].Error).FirstOrDefault(e => e is not null);
        return new ProjectionView(
            projection.Name,
            projection.Kind,
            projection.Module,
            generation,
            (rebuilding, error, node) switch
            {
                (true, _, _) => ProjectionStatus.Rebuilding,
                (_, not null, _) => ProjectionStatus.Failed,
                (_, _, null) => ProjectionStatus.Stopped,
                _ => ProjectionStatus.Running,
            },
            slowest.Sequence,
            positions.Head,
            Math.Max(0, positions.Head - slowest.Sequence),
            slowest.OldestWaiting is { } oldest ? Math.Max(0, Math.Round((now - oldest).TotalSeconds, 3)) : 0,
            node,
            error);
    }
}
