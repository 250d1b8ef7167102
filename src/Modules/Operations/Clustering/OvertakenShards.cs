using JasperFx.Events.Daemon;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monolith.Operations.Health;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace Monolith.Operations.Clustering;

/// <summary>
/// A node that stood still finds, when it wakes, that others went on with its projections. What it would write is refused then, and the framework leaves such a
/// projection stopped where it is, in case two nodes run it for good. So the node lets go of it, and the cluster gives it out again.
/// </summary>
internal sealed class OvertakenShards(
    Shards shards, IProjectionCoordinator coordinator, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<OvertakenShards> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LetGo(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("A shard that was overtaken is still held: {Reason}", exception.Message);
            }
        }
    }

    private async Task LetGo(CancellationToken cancellation)
    {
        foreach (var daemon in await coordinator.AllDaemonsAsync())
        {
            foreach (var overtaken in daemon.CurrentAgents().Where(agent => agent.Failure?.Category == ShardFailureCategory.ProgressionOutOfOrder))
            {
                await shards.GiveBackIfOvertaken(overtaken.Name.Identity, cancellation);
            }
        }
    }
}
