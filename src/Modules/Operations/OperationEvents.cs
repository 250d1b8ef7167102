using Marten;
using Monolith.Contracts.Operations;
using Monolith.Kernel.Folding;

namespace Monolith.Operations;

/// <summary>The events of an operation's stream and their stored names, which are for ever.</summary>
internal static class OperationEvents
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(RebuildRequested)] = "operations.RebuildRequested",
        [typeof(ReplacementRequested)] = "operations.ReplacementRequested",
        [typeof(VerificationRequested)] = "operations.VerificationRequested",
        [typeof(RollbackRequested)] = "operations.RollbackRequested",
        [typeof(ReapplicationRequested)] = "operations.ReapplicationRequested",
        [typeof(StreamsReapplied)] = "operations.StreamsReapplied",
        [typeof(RebuildStarted)] = "operations.RebuildStarted",
        [typeof(RebuildSucceeded)] = "operations.RebuildSucceeded",
        [typeof(ProjectionReplaced)] = "operations.ProjectionReplaced",
        [typeof(VerificationSucceeded)] = "operations.VerificationSucceeded",
        [typeof(CancellationRequested)] = "operations.CancellationRequested",
        [typeof(OperationCancelled)] = "operations.OperationCancelled",
        [typeof(OperationPaused)] = "operations.OperationPaused",
        [typeof(OperationResumed)] = "operations.OperationResumed",
        [typeof(RebuildFailed)] = "operations.RebuildFailed",
        [typeof(FeeReviewRequested)] = "operations.FeeReviewRequested",
        [typeof(FeeReviewStarted)] = "operations.FeeReviewStarted",
        [typeof(FeeReviewSucceeded)] = "operations.FeeReviewSucceeded",
        [typeof(FeeReviewFailed)] = "operations.FeeReviewFailed",
    };

    /// <summary>Those of the stream <c>audit</c>.</summary>
    private static readonly Dictionary<Type, string> AuditNames = new()
    {
        [typeof(DeadLettersReplayed)] = "operations.DeadLettersReplayed",
        [typeof(DeadLettersDiscarded)] = "operations.DeadLettersDiscarded",
    };

    public static IReadOnlyCollection<Type> Types => Names.Keys;

    public static void Map(StoreOptions options)
    {
        options.MapEvents(Names);
        options.MapEvents(AuditNames);
    }
}
