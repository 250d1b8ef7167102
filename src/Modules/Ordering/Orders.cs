using Marten;
using Monolith.Contracts.Ordering;
using Monolith.Kernel.Reading;

namespace Monolith.Ordering;

/// <summary>Reads with the session of whoever asks, so that it sees what the asker's transaction holds.</summary>
public sealed class Orders(IDocumentSession session) : IOrders
{
    public async Task<OrderStanding?> Find(string orderId, CancellationToken cancellation)
    {
        var batch = session.CreateBatchQuery();
        var generation = ProjectionGeneration.Load(batch, OrderProjection.ProjectionName);
        var snapshot = batch.Load<Order>(orderId);
        await batch.Execute(cancellation);
        return await snapshot is { } order
            ? new OrderStanding(
                order.EventsFolded, await generation,
                WaitsForShipment: order.Status == OrderStatus.Paid,
                order.Payment.RefundsAsked)
            : null;
    }
}
