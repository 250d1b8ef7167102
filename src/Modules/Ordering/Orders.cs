using Marten;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Kernel.Reading;

namespace Monolith.Ordering;

internal sealed class Orders(IDocumentStore store) : IOrders
{
    public async Task<OrderStanding?> Find(string orderId, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var batch = session.CreateBatchQuery();
        var snapshot = batch.Load<Order>(orderId);
        var generation = ProjectionGeneration.Load(batch, OrderProjection.ProjectionName);
        await batch.Execute(cancellation);
        return await snapshot is { } order
            ? new OrderStanding(
                order.Id, order.EventsFolded, await generation,
                WaitsForShipment: order.Status == OrderStatus.Paid,
                WaitsForRefund: order.Payment.Status is PaymentStatus.RefundPending or PaymentStatus.RefundFailed)
            : null;
    }
}
