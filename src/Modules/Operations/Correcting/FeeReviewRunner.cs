using Marten;
using Microsoft.Extensions.Logging;
using Monolith.Contracts.Operations;
using Monolith.Contracts.Ordering;
using Monolith.Kernel;
using Monolith.Kernel.History;
using Monolith.Operations.Running;
using Wolverine;

namespace Monolith.Operations.Correcting;

/// <summary>Carries a review or a correction of delivery fees through, and records what became of it. Ordering does the work.</summary>
public sealed class FeeReviewRunner(
    IDocumentStore store,
    ISessionFactory sessions,
    IDeliveryFeeReview fees,
    Shards shards,
    TimeProvider time,
    ILogger<FeeReviewRunner> log)
{
    /// <param name="cause">The message that asked for it.</param>
    internal async Task Run(Operation operation, Envelope cause, CancellationToken cancellation)
    {
        var asked = operation.Review!;
        var review = await ReviewOf(operation, asked, cancellation);
        FeeReviewReport report;
        try
        {
            var total = asked.DryRunId is { } found ? await fees.CountFound(found, cancellation) : await fees.Count(asked.PolicyVersion, cancellation);
            await Record(operation, cause, new FeeReviewStarted(operation.PublicId, shards.ThisNode, total, time.BusinessNow()), cancellation);
            await using var progress = new Progress(store, operation.PublicId, total, time, log);
            progress.Enter(asked.DryRunId is null ? Phase.Reviewing : Phase.Correcting);
            report = asked.DryRunId is { } dryRun
                ? await fees.Correct(review, dryRun, progress.At, cancellation)
                : await fees.Find(review, progress.At, cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(exception, "The operation {Operation} on delivery fees failed", operation.PublicId);
            await Record(operation, cause, new FeeReviewFailed(operation.PublicId, Failure.Describe(exception), time.BusinessNow()), cancellation);
            return;
        }

        await Record(operation, cause, new FeeReviewSucceeded(operation.PublicId, report, time.BusinessNow()), cancellation);
    }

    /// <summary>The work is done for whoever asked, however many messages and nodes it took.</summary>
    private async Task<FeeReview> ReviewOf(Operation operation, FeeReviewRequested asked, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var requested = (await StreamEvents.Read(session, operation.Id, after: 0, limit: 1, cancellation))[0];
        return new FeeReview(
            asked.OperationId, asked.PolicyVersion, asked.CorrectPolicyVersion, asked.Reason, asked.Actor, requested.CorrelationId, requested.CausationId);
    }

    private async Task Record(Operation operation, Envelope cause, object happened, CancellationToken cancellation)
    {
        await using var session = sessions.OpenSession();
        session.CorrelationId = cause.CorrelationId;
        session.CausationId = cause.Headers.GetValueOrDefault(Cause.Header);
        session.LastModifiedBy = operation.Actor;
        if (happened is not FeeReviewStarted)
        {
            session.Delete<OperationClaim>(operation.Target);
        }

        var stream = await session.Events.FetchForWriting<Operation>(operation.Id, cancellation);
        stream.AppendOne(happened);
        await session.SaveChangesAsync(cancellation);
    }
}
