using Monolith.Contracts.Inventory;

namespace Monolith.Inventory;

/// <summary>What is kept for an order, over all its SKUs. It makes every message about the order's pieces work once.</summary>
/// <param name="Id">The order.</param>
/// <param name="Lines">One for each SKU; none when it was refused.</param>
public sealed record Reservation(string Id, ReservationState State, IReadOnlyList<StockLine> Lines);

public enum ReservationState
{
    Held,

    /// <summary>Too few pieces were free; nothing is kept.</summary>
    Refused,

    Released,
    Shipped,
}
