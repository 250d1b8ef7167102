namespace Monolith.Operations.Following;

/// <summary>An operation as the API shows it.</summary>
/// <param name="Percent">0 to 100; 100 exactly when it has succeeded, and never before.</param>
/// <param name="EtaSeconds">Time left at the average pace so far; null while that is unknown.</param>
/// <param name="Report">What the operation found out, once it knows: how a projection differs from the one that was computed again, or which fees are wrong.</param>
public sealed record OperationView(
    string Id,
    OperationKind Kind,
    string Target,
    OperationStatus Status,
    Phase Phase,
    long Processed,
    long Total,
    double Percent,
    double? EventsPerSecond,
    double? EtaSeconds,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    string Actor,
    string Reason,
    string? Error,
    int? Node,
    object? Report)
{
    private const double AlmostAll = 99.9;

    public static OperationView Of(Operation operation, OperationProgress? progress)
    {
        var succeeded = operation.Status == OperationStatus.Succeeded;
        var total = progress?.Total ?? operation.Total;
        var processed = succeeded ? total : Math.Min(progress?.Processed ?? 0, total);
        var pace = progress is { EventsPerSecond: > 0 } ? progress.EventsPerSecond : (double?)null;
        return new OperationView(
            operation.PublicId,
            operation.Kind,
            operation.Target,
            operation.Status,
            PhaseOf(operation, progress),
            processed,
            total,
            succeeded ? 100 : PercentOf(processed, total),
            pace,
            operation.Status == OperationStatus.Running && pace is { } perSecond ? Math.Round((total - processed) / perSecond, 1) : null,
            operation.StartedAt,
            operation.FinishedAt,
            operation.Actor,
            operation.Reason,
            operation.Error,
            operation.Node,
            (object?)operation.Report ?? operation.Comparison);
    }

    private static Phase PhaseOf(Operation operation, OperationProgress? progress) => operation switch
    {
        { Status: OperationStatus.Succeeded } => Phase.Done,
        { IsFinished: false, IsPaused: true } => Phase.Paused,
        _ => progress?.Phase ?? Phase.Waiting,
    };

    /// <summary>Rounded down, and short of 100: that all events are folded does not mean that the projection is live.</summary>
    public static double PercentOf(long processed, long total) =>
        total == 0 ? 0 : Math.Min(AlmostAll, Math.Floor(1000.0 * processed / total) / 10);
}
