namespace Monolith.Contracts.Ordering;

/// <summary>Finds the orders whose delivery fee is wrong, by computing it again from what it was calculated from, and corrects them.</summary>
public interface IDeliveryFeeReview
{
    /// <summary>Whether both policies exist.</summary>
    bool IsPossible(int policyVersion, int correctPolicyVersion);

    /// <summary>How many orders have a fee of this policy.</summary>
    Task<long> Count(int policyVersion, CancellationToken cancellation);

    /// <summary>Looks, and changes nothing. What was found is kept under the operation's id.</summary>
    Task<FeeReviewReport> Find(FeeReview review, Action<long> processed, CancellationToken cancellation);

    /// <summary>How many orders were found by an operation.</summary>
    Task<long> CountFound(string dryRunId, CancellationToken cancellation);

    /// <summary>
    /// Corrects what a dry run found, each order in a transaction of its own and only at the version that was found. Done a second time, or
    /// again after a crash, it goes on with what is left.
    /// </summary>
    Task<FeeReviewReport> Correct(FeeReview review, string dryRunId, Action<long> processed, CancellationToken cancellation);
}

/// <param name="PolicyVersion">The policy that was wrong.</param>
/// <param name="CorrectPolicyVersion">The policy that says what would have been right.</param>
/// <param name="CausationId">What the events of the correction have as their causation.</param>
public sealed record FeeReview(
    string OperationId, int PolicyVersion, int CorrectPolicyVersion, string Reason, string Actor, string? CorrelationId, string? CausationId);

/// <param name="Examined">Orders that were looked at.</param>
/// <param name="Affected">Orders with a wrong fee.</param>
/// <param name="Corrected">Those of them that have the right one now.</param>
/// <param name="Skipped">Those that were left alone; each says why.</param>
/// <param name="Sums">By currency, over the affected orders in a dry run, over the corrected ones else.</param>
/// <param name="IsReconciled">
/// The corrections that the log has of this operation add up to the sums, to the cent; a dry run has none to add up.
/// </param>
/// <param name="Orders">The first affected orders.</param>
public sealed record FeeReviewReport(
    long Examined, long Affected, long Corrected, long Skipped, IReadOnlyList<FeeSum> Sums, bool? IsReconciled, IReadOnlyList<ReviewedOrder> Orders);

public sealed record FeeSum(string Currency, long Orders, decimal Charged, decimal Correct, decimal Difference);

/// <param name="Version">The order's version when it was looked at, the only one at which it is corrected.</param>
/// <param name="Outcome"><c>found</c>, <c>corrected</c>, or why not: <c>moved</c>, <c>archived</c> (and nobody here may bring it back), <c>noTariff</c>.</param>
public sealed record ReviewedOrder(string OrderId, long Version, string Currency, decimal Charged, decimal? Correct, string Outcome);
