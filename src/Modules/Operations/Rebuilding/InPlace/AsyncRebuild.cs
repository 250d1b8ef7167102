using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Folding;
using Monolith.Operations.Projections;
using Monolith.Operations.Running;
using Wolverine.Runtime.Agents;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace Monolith.Operations.Rebuilding.InPlace;

/// <summary>
/// Rebuilds an asynchronous projection in place: stopped in the whole cluster, emptied, replayed by the daemon of this node, started
/// again. Readers see an incomplete model meanwhile.
/// </summary>
internal sealed class AsyncRebuild(
    RegisteredProjection projection, IDocumentStore store, Shards shards, IProjectionCoordinator coordinator, TimeProvider time) : IRebuild
{
    // The daemon counts it in milliseconds of 32 bits, so "for ever" is not possible.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    private readonly LiveProjection live = new(projection, store, shards, time);

    public bool IsSeen => true;

    public Task<long> Measure(CancellationToken cancellation) => LiveProjection.Head(store, cancellation);

    public async Task<Func<int, object>> Run(
        Operation operation, Progress progress, Turn turn, Gate gate, CancellationToken cancellation)
    {
        progress.Enter(Phase.Stopping);
        await live.Stop(cancellation);

        await using (var session = store.LightweightSession())
        {
            session.DeleteWhere<SetAsideEvent>(e => e.Projection == projection.Name);
            await session.SaveChangesAsync(cancellation);
        }

        progress.Enter(Phase.Replaying);
        await Replay(progress, turn, cancellation);

        progress.Enter(Phase.CatchingUp);
        await live.Start(cancellation);
        await live.UntilLive(cancellation);
        return generation => new RebuildSucceeded(operation.PublicId, generation, time.BusinessNow());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task Resume(CancellationToken cancellation) => Task.CompletedTask;

    public Task Recover(Operation operation, CancellationToken cancellation) => live.StartUnlessPaused(cancellation);

    private async Task Replay(Progress progress, Turn turn, CancellationToken cancellation)
    {
        var (daemon, own) = await Daemon();
        using var reports = daemon.Tracker.Subscribe(new ReplayReports(projection.Shards, progress));
        var replay = RunToItsEnd();
        turn.KeepFor(replay);

        // The daemon cannot be interrupted. A process that stops lets go of it; the next attempt waits for the turn.
        await replay.WaitAsync(cancellation);

        async Task RunToItsEnd()
        {
            try
            {
                await daemon.RebuildProjectionAsync(projection.Name, Longest, CancellationToken.None);
            }
            finally
            {
                own?.Dispose();
            }
        }
    }

    /// <summary>A node has one daemon as long as it runs a shard; a second one beside it would do its bookkeeping twice.</summary>
    private async Task<(IProjectionDaemon Daemon, IDisposable? Own)> Daemon()
    {
        try
        {
            return (coordinator.DaemonForMainDatabase(), null);
        }
        catch (DaemonNotRunningOnThisNodeException)
        {
            var own = await store.BuildProjectionDaemonAsync();
            return (own, own);
        }
    }

    private sealed class ReplayReports(IReadOnlyList<string> shards, Progress progress) : IObserver<ShardState>
    {
        private readonly Dictionary<string, long> positions = shards.ToDictionary(s => s, _ => 0L, StringComparer.Ordinal);

        public void OnNext(ShardState value)
        {
            if (value.Action == ShardAction.Updated && positions.ContainsKey(value.ShardName))
            {
                positions[value.ShardName] = value.Sequence;
                progress.At(positions.Values.Min());
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
