using Monolith.Contracts.Operations;
using Monolith.Kernel.Folding;

namespace Monolith.Operations;

public enum OperationKind
{
    Rebuild,
}

public enum OperationStatus
{
    Pending,
    Running,
    Succeeded,
    Failed,
}

/// <summary>Something that an operator started and that takes its time: the durable record of what was asked and what became of it.</summary>
/// <param name="Id">The key of its stream, see <see cref="StreamOf"/>.</param>
/// <param name="Target">What it works on; a projection's name.</param>
/// <param name="Total">Events to process, 0 until it has started.</param>
/// <param name="StartedAt">When the current attempt began.</param>
public sealed record Operation(
    string Id,
    OperationKind Kind,
    string Target,
    string Reason,
    string Actor,
    OperationStatus Status,
    long Total,
    int? Node,
    string? Error,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    long EventsFolded) : IFolded<Operation>
{
    private const string Prefix = "operation-";

    /// <summary>The id that clients see.</summary>
    public string PublicId => Id[Prefix.Length..];

    public bool IsFinished => FinishedAt is not null;

    public static string StreamOf(string operationId) => Prefix + operationId;

    public static Operation? Fold(Operation? state, object e) => (state, e) switch
    {
        (_, RebuildRequested r) => new Operation(
            StreamOf(r.OperationId), OperationKind.Rebuild, r.Projection, r.Reason, r.Actor, OperationStatus.Pending, Total: 0, Node: null,
            Error: null, r.RequestedAt, StartedAt: null, FinishedAt: null, EventsFolded: 1),
        (null, _) => null,
        (_, RebuildStarted s) => state.After() with
        {
            Status = OperationStatus.Running,
            Node = s.Node,
            Total = s.Total,
            StartedAt = s.StartedAt,
        },
        (_, RebuildSucceeded s) => state.After() with { Status = OperationStatus.Succeeded, FinishedAt = s.FinishedAt },
        (_, RebuildFailed f) => state.After() with { Status = OperationStatus.Failed, Error = f.Error, FinishedAt = f.FinishedAt },
        _ => state.After(),
    };

    private Operation After() => this with { EventsFolded = EventsFolded + 1 };
}

/// <summary>Keeps the snapshot of every operation, in the transaction of its events.</summary>
public sealed class OperationProjection() : FoldProjection<Operation>(ProjectionName, OperationEvents.Types)
{
    public const string ProjectionName = "Operation";
}
