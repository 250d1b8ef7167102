using Monolith.Kernel.Folding;

namespace Monolith.Operations.Projections;

public enum ProjectionStatus
{
    /// <summary>It follows the log.</summary>
    Running,

    /// <summary>It is being computed again.</summary>
    Rebuilding,

    /// <summary>An error stopped it, see <see cref="ProjectionView.LastError"/>.</summary>
    Failed,

    /// <summary>An operator has paused it.</summary>
    Paused,

    /// <summary>No node runs it at the moment.</summary>
    Stopped,
}

/// <summary>A projection as the API shows it.</summary>
/// <param name="Position">The last event that it has seen.</param>
/// <param name="Head">The last event of the log.</param>
/// <param name="LagSeconds">Age of the oldest event that it has not seen, 0 when it has seen all.</param>
/// <param name="Poison">What it does with an event that it cannot fold.</param>
/// <param name="EventsSetAside">Events that it has left out so far, see <c>/admin/dead-letters</c>.</param>
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
    string? LastError,
    PoisonPolicy Poison,
    long EventsSetAside)
{
    internal static ProjectionView Of(
        RegisteredProjection projection, int generation, bool rebuilding, bool paused, long setAside, Positions positions, IReadOnlyDictionary<string, ShardHost> hosts,
        DateTimeOffset now) =>
        projection.Kind == ProjectionKind.Inline
            ? new ProjectionView(
                projection.Name, projection.Kind, projection.Module, generation, rebuilding ? ProjectionStatus.Rebuilding : ProjectionStatus.Running,
                positions.Head, positions.Head, LagEvents: 0, LagSeconds: 0, Node: null, LastError: null, projection.Poison, setAside)
            // Of several shards the one that is furthest behind counts.
            : OfShard(
                projection, generation, rebuilding, paused, setAside, positions.Head, now,
                projection.Shards.Select(s => (positions.Shards[s], hosts.GetValueOrDefault(s))).MinBy(s => s.Item1.Sequence));

    private static ProjectionView OfShard(
        RegisteredProjection projection, int generation, bool rebuilding, bool paused, long setAside, long head, DateTimeOffset now, (ShardPosition Position, ShardHost? Host) shard)
    {
        var (position, host) = shard;
        var error = host?.Failure is { } failure && !ShardError.IsInterruption(failure, failure.Detail)
            ? ShardError.Describe(failure.Event, failure.Detail)
            : position.Error;
        return new ProjectionView(
            projection.Name,
            projection.Kind,
            projection.Module,
            generation,
            (rebuilding, error, host) switch
            {
                (true, _, _) => ProjectionStatus.Rebuilding,
                _ when paused => ProjectionStatus.Paused,
                (_, not null, _) => ProjectionStatus.Failed,
                (_, _, not null) when position.IsFollowing => ProjectionStatus.Running,
                _ => ProjectionStatus.Stopped,
            },
            position.Sequence,
            head,
            Math.Max(0, head - position.Sequence),
            position.OldestWaiting is { } oldest ? Math.Max(0, Math.Round((now - oldest).TotalSeconds, 3)) : 0,
            host?.Node,
            error,
            projection.Poison,
            setAside);
    }
}
