using Marten;
using Monolith.Contracts.Shipping;

namespace Monolith.Shipping;

/// <summary>Reads with the session of whoever asks, so that it sees what the asker's transaction holds.</summary>
public sealed class Shipments(IDocumentSession session) : IShipments
{
    public async Task<bool> HasLeft(string orderId, CancellationToken cancellation) =>
        await session.Query<Shipment>().FirstOrDefaultAsync(s => s.OrderId == orderId, cancellation) is { HasLeft: true };
}
