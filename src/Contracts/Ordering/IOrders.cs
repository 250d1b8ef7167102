namespace Monolith.Contracts.Ordering;

/// <summary>What other modules may ask of orders.</summary>
public interface IOrders
{
    /// <returns>The order as it is now; null when there is none.</returns>
    Task<OrderStanding?> Find(string orderId, CancellationToken cancellation);
}

/// <summary>An order as far as other modules need to know it. Its stream has its id as key.</summary>
/// <param name="Version">Version of the order's stream; with <paramref name="Generation"/> what its <c>ETag</c> is made of.</param>
/// <param name="WaitsForShipment">It is paid and may leave the warehouse.</param>
/// <param name="RefundsAsked">The amounts of its money that have been asked back, oldest first.</param>
public sealed record OrderStanding(long Version, int Generation, bool WaitsForShipment, IReadOnlyList<decimal> RefundsAsked);
