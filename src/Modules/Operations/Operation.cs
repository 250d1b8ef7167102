using Monolith.Contracts.Operations;
using Monolith.Contracts.Ordering;
using Monolith.Kernel.Folding;

namespace Monolith.Operations;

public enum OperationKind
{
    Rebuild,

    /// <summary>Looks for wrong delivery fees and changes nothing.</summary>
    FeeReview,

    /// <summary>Corrects what a review found.</summary>
    FeeCorrection,
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
    /// <summary>The target of everything that looks at or corrects delivery fees.</summary>
    public const string DeliveryFees = "delivery-fees";

    private const string Prefix = "operation-";

    /// <summary>What was asked for, where it is about delivery fees.</summary>
    public FeeReviewRequested? Review { get; init; }

    /// <summary>What it found out and did, where it is about delivery fees.</summary>
    public FeeReviewReport? Report { get; init; }

    /// <summary>The id that clients see.</summary>
    public string PublicId => Id[Prefix.Length..];

    public bool IsFinished => FinishedAt is not null;

    public static string StreamOf(string operationId) => Prefix + operationId;

    public static Operation? Fold(Operation? state, object e) => (state, e) switch
    {
        (_, RebuildRequested r) => new Operation(
            StreamOf(r.OperationId), OperationKind.Rebuild, r.Projection, r.Reason, r.Actor, OperationStatus.Pending, Total: 0, Node: null,
            Error: null, r.RequestedAt, StartedAt: null, FinishedAt: null, EventsFolded: 1),
        (_, FeeReviewRequested r) => new Operation(
            StreamOf(r.OperationId), r.DryRunId is null ? OperationKind.FeeReview : OperationKind.FeeCorrection, DeliveryFees, r.Reason, r.Actor,
            OperationStatus.Pending, Total: 0, Node: null, Error: null, r.RequestedAt, StartedAt: null, FinishedAt: null, EventsFolded: 1)
        { Review = r },
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
        (_, FeeReviewStarted s) => state.After() with { Status = OperationStatus.Running, Node = s.Node, Total = s.Total, StartedAt = s.StartedAt },
        (_, FeeReviewSucceeded s) => state.After() with { Status = OperationStatus.Succeeded, Report = s.Report, FinishedAt = s.FinishedAt },
        (_, FeeReviewFailed f) => state.After() with { Status = OperationStatus.Failed, Error = f.Error, FinishedAt = f.FinishedAt },
        _ => state.After(),
    };

    private Operation After() => this with { EventsFolded = EventsFolded + 1 };
}

/// <summary>Keeps the snapshot of every operation, in the transaction of its events.</summary>
public sealed class OperationProjection() : FoldProjection<Operation>(ProjectionName, OperationEvents.Types)
{
    public const string ProjectionName = "Operation";
}
