using Marten;

namespace Monolith.Host.Hosting;

/// <summary>
/// Ends the connection on which the daemon listens for new events. The store leaves it open when it is disposed, and a server has
/// only so many.
/// </summary>
internal sealed class ListeningEnd(IDocumentStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        ((DocumentStore)store).Options.Projections.Wakeup?.Dispose();
        return Task.CompletedTask;
    }
}
