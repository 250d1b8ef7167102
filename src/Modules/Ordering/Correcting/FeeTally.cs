using Monolith.Contracts.Ordering;

namespace Monolith.Ordering.Correcting;

/// <summary>What a review or a correction adds up to, in constant memory however many orders there are.</summary>
internal sealed class FeeTally
{
    private const int MostInReport = 100;

    private readonly SortedDictionary<string, FeeSum> sums = new(StringComparer.Ordinal);
    private readonly List<ReviewedOrder> first = [];
    private long corrected;
    private long skipped;

    public long Affected { get; private set; }

    public IReadOnlyCollection<FeeSum> Sums => sums.Values;

    public void Add(ReviewedOrder order)
    {
        Affected++;
        if (first.Count < MostInReport)
        {
            first.Add(order);
        }

        if (order is not { Outcome: FeeFinding.Found or FeeFinding.Corrected, Correct: { } correct })
        {
            skipped++;
            return;
        }

        corrected += order.Outcome == FeeFinding.Corrected ? 1 : 0;
        var sum = sums.GetValueOrDefault(order.Currency) ?? new FeeSum(order.Currency, 0, 0, 0, 0);
        sums[order.Currency] = new FeeSum(
            order.Currency, sum.Orders + 1, sum.Charged + order.Charged, sum.Correct + correct, sum.Difference + correct - order.Charged);
    }

    public FeeReviewReport Report(long examined, bool? isReconciled) =>
        new(examined, Affected, corrected, skipped, [.. sums.Values], isReconciled, first);
}
