using Marten;
using Marten.Events.Daemon.Coordination;

namespace Monolith.Host.Hosting;

/// <summary>
/// Ends the connection on which the daemon listens for new events, which nobody else does, and a server has only so many. Who still
/// waits for an event would then wait for ever, and the end of the process with it; so the daemon is stopped first.
/// </summary>
internal sealed class ListeningEnd(IDocumentStore store, IProjectionCoordinator? coordinator = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var daemon in coordinator is null ? [] : await coordinator.AllDaemonsAsync())
            {
                await daemon.StopAllAsync().WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // It was stopped already, or there is no time left for it.
        }
        finally
        {
            ((DocumentStore)store).Options.Projections.Wakeup?.Dispose();
        }
    }
}
