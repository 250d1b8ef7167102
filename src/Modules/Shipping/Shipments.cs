using Marten;
using Monolith.Contracts.Shipping;

namespace Monolith.Shipping;

internal sealed class Shipments(IDocumentStore store) : IShipments
{
    public async Task<bool> HasLeft(string orderId, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.Query<Shipment>().FirstOrDefaultAsync(s => s.OrderId == orderId, cancellation) is { HasLeft: true };
    }
}
