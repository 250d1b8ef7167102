using JasperFx.Events;
using Marten;
using Monolith.Kernel.Folding;
using Monolith.Kernel.History;
using Monolith.Ordering.Viewing;

namespace Monolith.Ordering.History;

/// <summary>An order as it was: the fold of the events up to then, and of no other.</summary>
public static class OrderInThePast
{
    /// <returns>Null before the order existed.</returns>
    public static async Task<Order?> Find(string id, Moment moment, IQuerySession session, CancellationToken cancellation)
    {
        var events = await StreamEvents.Read(session, id, after: 0, limit: int.MaxValue, cancellation);
        return Folded.From<Order>(UpTo(moment, events).Select(e => e.Data));
    }

    /// <summary>
    /// Nodes have clocks of their own, so a later version may have been recorded at an earlier time. The highest version that is not later
    /// counts, with all that came before it.
    /// </summary>
    public static IEnumerable<IEvent> UpTo(Moment moment, IReadOnlyList<IEvent> events)
    {
        var last = moment.Version ?? events.Where(e => e.Timestamp <= moment.AsOf).Select(e => e.Version).DefaultIfEmpty().Max();
        return events.Where(e => e.Version <= last);
    }
}
