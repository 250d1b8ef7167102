using Marten;
using Microsoft.Extensions.Logging;
using Monolith.Contracts.Operations;
using Monolith.Contracts.Ordering;
using Monolith.Kernel;
using Monolith.Operations.Running;

namespace Monolith.Operations.Correcting;

/// <summary>Carries a review or a correction of delivery fees through, and records what became of it. Ordering does the work.</summary>
public sealed class FeeReviewRunner(
    IDocumentStore store,
    OperationJournal journal,
    IDeliveryFeeReview fees,
    Shards shards,
    TimeProvider time,
    ILogger<FeeReviewRunner> log)
{
    /// <exception cref="InvalidOperationException">This process has lost its turn, as when its database goes away: the operation is taken up again.</exception>
    internal async Task Run(Operation operation, Turn turn, CancellationToken cancellation)
    {
        var asked = operation.Review!;
        var (correlation, cause) = await journal.Origin(operation, cancellation);
        var review = new FeeReview(
            asked.OperationId, asked.PolicyVersion, asked.CorrectPolicyVersion, asked.Reason, asked.Actor, correlation, cause);
        FeeReviewReport report;
        try
        {
            var total = asked.DryRunId is { } found ? await fees.CountFound(found, cancellation) : await fees.Count(asked.PolicyVersion, cancellation);
            await Record(operation, new FeeReviewStarted(operation.PublicId, shards.ThisNode, total, time.BusinessNow()), cancellation);
            await using var progress = new Progress(store, operation.PublicId, total, time, log);
            progress.Enter(asked.DryRunId is null ? Phase.Reviewing : Phase.Correcting);
            report = asked.DryRunId is { } dryRun
                ? await fees.Correct(review, dryRun, progress.At, cancellation)
                : await fees.Find(review, progress.At, cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            if (!await turn.IsHeld(cancellation))
            {
                throw new InvalidOperationException("Another node may have taken the operation over.", exception);
            }

            log.LogError(exception, "The operation {Operation} on delivery fees failed", operation.PublicId);
            await Record(operation, new FeeReviewFailed(operation.PublicId, Failure.Describe(exception), time.BusinessNow()), cancellation);
            return;
        }

        await Record(operation, new FeeReviewSucceeded(operation.PublicId, report, time.BusinessNow()), cancellation);
    }

    private Task Record(Operation operation, object happened, CancellationToken cancellation) =>
        journal.Record(operation, _ => Task.FromResult(happened), cancellation);
}
