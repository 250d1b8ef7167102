using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine.Runtime.Agents;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace Monolith.Operations.Health;

/// <summary>
/// Writes down once a second that this node lives and when its high-water agent last turned. The row of the mark cannot tell that: any
/// node refreshes it, and a node whose own agent is dead gives its projections nothing to do.
/// </summary>
internal sealed class Pulse(
    IDocumentStore store, IProjectionCoordinator coordinator, Shards shards, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Pulse> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DateTimeOffset? lastTurn;
    private long turnedAt = time.GetTimestamp();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // However late it is: a pulse that stays behind looks like a node that is dead.
        await Write(session => session.Delete<NodePulse>(NodePulse.IdOf(shards.ThisNode)), CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before that the node has no number.
        await lifetime.Started(stoppingToken);

        await Write(ForgetTheDead, stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await Write(session => session.Store(new NodePulse(NodePulse.IdOf(shards.ThisNode), HighWaterAge()?.TotalSeconds)), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Nodes that were killed leave theirs behind, and numbers are not given twice.</summary>
    private static void ForgetTheDead(IDocumentSession session) => session.QueueSqlCommand(
        $"delete from {session.DocumentStore.Options.Schema.For<NodePulse>()} where mt_last_modified < now() - interval '1 hour'");

    /// <summary>Measured here by the steady clock, so that no two clocks are compared.</summary>
    private TimeSpan? HighWaterAge()
    {
        var (runs, turn) = Look();
        if (!runs || turn != lastTurn)
        {
            (lastTurn, turnedAt) = (turn, time.GetTimestamp());
        }

        return runs ? time.GetElapsedTime(turnedAt) : null;
    }

    private (bool Runs, DateTimeOffset? Turn) Look()
    {
        try
        {
            var daemon = coordinator.DaemonForMainDatabase();
            return (daemon.CurrentAgents().Count > 0, daemon.HighWaterLastPolledAt);
        }
        catch (DaemonNotRunningOnThisNodeException)
        {
            return (false, null);
        }
    }

    private async Task Write(Action<IDocumentSession> change, CancellationToken cancellation)
    {
        try
        {
            await using var session = store.LightweightSession();
            change(session);
            await session.SaveChangesAsync(cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning(exception, "The pulse of this node could not be written");
        }
    }
}
