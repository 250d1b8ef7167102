using Monolith.Contracts.Operations;
using Monolith.Contracts.Ordering;
using Monolith.Kernel.Folding;
using Monolith.Operations.Rebuilding;

namespace Monolith.Operations;

public enum OperationKind
{
    Rebuild,

    /// <summary>Compares a projection with what the log makes of it, and changes nothing.</summary>
    Verification,

    /// <summary>Goes back to the generation before the last rebuild.</summary>
    Rollback,

    /// <summary>Folds streams once more of which events were set aside.</summary>
    Reapplication,

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
    Cancelled,
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

    public RebuildMode Mode { get; init; }

    /// <summary>What is to be folded once more; all, where that is not about single streams.</summary>
    public IReadOnlyList<string> Streams { get; init; } = [];

    /// <summary>What it may take of the database; null for all it can get.</summary>
    public int? MaxEventsPerSecond { get; init; }

    /// <summary>How often a node has begun it.</summary>
    public int Attempts { get; init; }

    public bool IsPaused { get; init; }

    /// <summary>An operator wants it to end.</summary>
    public bool IsCancelling { get; init; }

    /// <summary>The moment of no return, where it has been reached.</summary>
    public ProjectionReplaced? Replaced { get; init; }

    /// <summary>How what was computed again differs from what was read.</summary>
    public ProjectionComparison? Comparison { get; init; }

    /// <summary>The id that clients see.</summary>
    public string PublicId => Id[Prefix.Length..];

    public bool IsFinished => FinishedAt is not null;

    public static string StreamOf(string operationId) => Prefix + operationId;

    public static Operation? Fold(Operation? state, object e) => (state, e) switch
    {
        (_, RebuildRequested r) => Asked(r.OperationId, OperationKind.Rebuild, r.Projection, r.Reason, r.Actor, r.RequestedAt),
        (_, ReplacementRequested r) => Asked(r.OperationId, OperationKind.Rebuild, r.Projection, r.Reason, r.Actor, r.RequestedAt) with
        {
            Mode = RebuildMode.SideBySide,
            MaxEventsPerSecond = r.MaxEventsPerSecond,
        },
        (_, VerificationRequested r) => Asked(r.OperationId, OperationKind.Verification, r.Projection, r.Reason, r.Actor, r.RequestedAt) with
        {
            Mode = RebuildMode.SideBySide,
            MaxEventsPerSecond = r.MaxEventsPerSecond,
        },
        (_, RollbackRequested r) => Asked(r.OperationId, OperationKind.Rollback, r.Projection, r.Reason, r.Actor, r.RequestedAt) with
        {
            Mode = RebuildMode.SideBySide,
        },
        (_, ReapplicationRequested r) => Asked(r.OperationId, OperationKind.Reapplication, r.Projection, r.Reason, r.Actor, r.RequestedAt) with
        {
            Streams = r.Streams,
        },
        (_, StreamsReapplied r) when state is not null => state.After() with { Status = OperationStatus.Succeeded, FinishedAt = r.FinishedAt },
        (_, FeeReviewRequested r) => Asked(
            r.OperationId, r.DryRunId is null ? OperationKind.FeeReview : OperationKind.FeeCorrection, DeliveryFees, r.Reason, r.Actor, r.RequestedAt) with
        {
            Review = r,
        },
        (null, _) => null,
        (_, RebuildStarted s) => state.After() with
        {
            Status = OperationStatus.Running,
            Node = s.Node,
            Total = s.Total,
            StartedAt = s.StartedAt,
            Attempts = state.Attempts + 1,
        },
        (_, ProjectionReplaced r) => state.After() with { Replaced = r, Comparison = r.Comparison },
        (_, VerificationSucceeded v) => state.After() with
        {
            Status = OperationStatus.Succeeded,
            Comparison = v.Comparison,
            FinishedAt = v.FinishedAt,
        },
        (_, CancellationRequested) => state.After() with { IsCancelling = true, IsPaused = false },
        (_, OperationCancelled c) => state.After() with { Status = OperationStatus.Cancelled, FinishedAt = c.FinishedAt },
        (_, OperationPaused) => state.After() with { IsPaused = true },
        (_, OperationResumed) => state.After() with { IsPaused = false },
        (_, RebuildSucceeded s) => state.After() with { Status = OperationStatus.Succeeded, FinishedAt = s.FinishedAt },
        (_, RebuildFailed f) => state.After() with { Status = OperationStatus.Failed, Error = f.Error, FinishedAt = f.FinishedAt },
        (_, FeeReviewStarted s) => state.After() with { Status = OperationStatus.Running, Node = s.Node, Total = s.Total, StartedAt = s.StartedAt },
        (_, FeeReviewSucceeded s) => state.After() with { Status = OperationStatus.Succeeded, Report = s.Report, FinishedAt = s.FinishedAt },
        (_, FeeReviewFailed f) => state.After() with { Status = OperationStatus.Failed, Error = f.Error, FinishedAt = f.FinishedAt },
        _ => state.After(),
    };

    private static Operation Asked(string id, OperationKind kind, string target, string reason, string actor, DateTimeOffset at) => new(
        StreamOf(id), kind, target, reason, actor, OperationStatus.Pending, Total: 0, Node: null, Error: null, at, StartedAt: null, FinishedAt: null,
        EventsFolded: 1);

    private Operation After() => this with { EventsFolded = EventsFolded + 1 };
}

/// <summary>Keeps the snapshot of every operation, in the transaction of its events.</summary>
public sealed class OperationProjection() : FoldProjection<Operation>(ProjectionName, OperationEvents.Types)
{
    public const string ProjectionName = "Operation";
}
