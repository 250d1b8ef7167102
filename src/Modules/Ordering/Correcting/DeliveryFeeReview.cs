using Marten;
using Marten.Events;
using Marten.Events.Archiving;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Shipping;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Monolith.Kernel.History;
using Wolverine;
using Wolverine.Marten;

namespace Monolith.Ordering.Correcting;

/// <summary>Finds wrong delivery fees and corrects them, page by page, so that it may take as long as there are orders.</summary>
public sealed class DeliveryFeeReview(
    IDocumentStore store, ISessionFactory sessions, IServiceScopeFactory scopes, StreamArchive archive, IDeliveryFees fees, TimeProvider time) : IDeliveryFeeReview
{
    private const int PageSize = 500;

    public bool IsPossible(int policyVersion, int correctPolicyVersion) => fees.Knows(policyVersion) && fees.Knows(correctPolicyVersion);

    public async Task<long> Count(int policyVersion, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.Query<Order>().Where(o => o.Delivery.PolicyVersion == policyVersion).LongCountAsync(cancellation);
    }

    public async Task<long> CountFound(string dryRunId, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.Query<FeeFinding>().Where(f => f.ReviewId == dryRunId).LongCountAsync(cancellation);
    }

    public async Task<FeeReviewReport> Find(FeeReview review, Action<long> processed, CancellationToken cancellation)
    {
        var tally = new FeeTally();
        var examined = 0L;
        for (var last = ""; ;)
        {
            await using var session = store.LightweightSession();
            var page = await session.Query<Order>()
                .Where(o => o.Delivery.PolicyVersion == review.PolicyVersion && o.Id.CompareTo(last) > 0).OrderBy(o => o.Id).Take(PageSize)
                .ToListAsync(cancellation);
            if (page is not [.., var end])
            {
                return tally.Report(examined, isReconciled: null);
            }

            FeeFinding[] findings = [.. page.Select(order => FeeFinding.Of(order, fees, review)).OfType<FeeFinding>()];
            session.Store(findings);
            await session.SaveChangesAsync(cancellation);
            Array.ForEach(findings, finding => tally.Add(finding.Order));
            last = end.Id;
            processed(examined += page.Count);
        }
    }

    public async Task<FeeReviewReport> Correct(FeeReview review, string dryRunId, Action<long> processed, CancellationToken cancellation)
    {
        var tally = new FeeTally();
        for (var last = ""; ;)
        {
            await using var session = store.QuerySession();
            var page = await session.Query<FeeFinding>()
                .Where(f => f.ReviewId == dryRunId && f.Id.CompareTo(last) > 0).OrderBy(f => f.Id).Take(PageSize).ToListAsync(cancellation);
            if (page is not [.., var end])
            {
                var recorded = await Recorded(dryRunId, cancellation);
                return tally.Report(
                    tally.Affected,
                    recorded.Count == tally.Sums.Count && tally.Sums.All(sum => recorded.GetValueOrDefault(sum.Currency) == sum.Difference));
            }

            foreach (var finding in page)
            {
                tally.Add((finding.Order.Outcome == FeeFinding.Found ? await CorrectOne(finding, review, cancellation) : finding).Order);
                processed(tally.Affected);
            }

            last = end.Id;
        }
    }

    /// <summary>One order, in one transaction with what follows from it and with the note that it is done.</summary>
    private async Task<FeeFinding> CorrectOne(FeeFinding finding, FeeReview review, CancellationToken cancellation)
    {
        await using var session = sessions.OpenSession();
        // An outbox sends once; each order has its own.
        await using var scope = scopes.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<IMartenOutbox>();
        outbox.Enroll(session);
        // A cause of its own for each order: what follows from one does not follow from another.
        var cause = new Cause(nameof(CorrectDeliveryFee), $"{review.OperationId}/{finding.Order.OrderId}").After(review.CausationId);
        (session.CorrelationId, session.CausationId, session.LastModifiedBy) = (review.CorrelationId, cause, review.Actor);
        if (await session.Events.FetchStreamStateAsync(finding.Order.OrderId, cancellation) is { IsArchived: true })
        {
            if (!archive.IsConfigured)
            {
                return finding.Ending(FeeFinding.Archived);
            }

            await archive.Restore(finding.Order.OrderId, cancellation);
        }

        var stream = await session.Events.FetchForWriting<Order>(finding.Order.OrderId, cancellation);
        var decision = stream.CurrentVersion == finding.Order.Version
            ? CorrectDeliveryFee.Decide(
                stream.Aggregate!, finding.Order.Correct!.Value, review.CorrectPolicyVersion, review.Reason, finding.ReviewId, time.BusinessNow())
            : Decision.Nothing;
        var ended = finding.Ending(decision.Events is [] ? FeeFinding.Moved : FeeFinding.Corrected);
        stream.AppendMany(decision.Events);
        var options = new DeliveryOptions { CausationId = cause, CorrelationId = review.CorrelationId };
        foreach (var message in decision.Messages)
        {
            await outbox.PublishAsync(message, options);
        }

        session.Store(ended);
        try
        {
            await session.SaveChangesAsync(cancellation);
            return ended;
        }
        catch (Exception lost) when (LostRace.Is(lost))
        {
            return finding.Ending(FeeFinding.Moved);
        }
    }

    /// <summary>What the log says was corrected for a review, by currency.</summary>
    private async Task<IReadOnlyDictionary<string, decimal>> Recorded(string dryRunId, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var sums = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var corrections = session.Events.QueryAllRawEvents().Where(e => e.EventTypesAre(typeof(DeliveryFeeCorrected)) && e.MaybeArchived());
        await foreach (var recorded in corrections.ToAsyncEnumerable(cancellation))
        {
            if (recorded.Data is DeliveryFeeCorrected e && e.OperationId == dryRunId)
            {
                sums[e.Currency] = sums.GetValueOrDefault(e.Currency) + e.CorrectFee - e.PreviousFee;
            }
        }

        return sums;
    }
}
