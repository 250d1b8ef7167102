using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Monolith.Operations.Projections;
using Monolith.Operations.Running;
using Wolverine.Runtime.Agents;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace Monolith.Operations.Rebuilding;

/// <summary>
/// Rebuilds an asynchronous projection in place: stopped in the whole cluster, emptied, replayed by the daemon of this node, started
/// again. Readers see an incomplete model meanwhile.
/// </summary>
internal sealed class AsyncRebuild(
    RegisteredProjection projection, IDocumentStore store, Shards shards, IProjectionCoordinator coordinator, TimeProvider time) : IRebuild
{
    // The daemon counts it in milliseconds of 32 bits, so "for ever" is not possible.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public Task<long> Measure(CancellationToken cancellation) => Head(cancellation);

    public async Task Run(Progress progress, Turn turn, CancellationToken cancellation)
    {
        progress.Enter(Phase.Stopping);
        foreach (var shard in projection.Shards)
        {
            await shards.Stop(shard, cancellation);
        }

        progress.Enter(Phase.Replaying);
        await Replay(progress, turn, cancellation);

        progress.Enter(Phase.CatchingUp);
        await Recover(cancellation);
        await UntilLive(cancellation);
    }

    public async Task Recover(CancellationToken cancellation)
    {
        foreach (var shard in projection.Shards)
        {
            await shards.Start(shard, cancellation);
        }
    }

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

    /// <summary>Waits until some node runs every shard and each has passed the head as it was when that was seen.</summary>
    /// <exception cref="InvalidOperationException">A shard failed again, or does not come back.</exception>
    private async Task UntilLive(CancellationToken cancellation)
    {
        long? head = null;
        var (furthest, since) = (-1L, time.GetTimestamp());
        while (true)
        {
            var hosts = await shards.Hosts(projection.Shards, cancellation);
            head ??= projection.Shards.All(hosts.ContainsKey) ? await Head(cancellation) : null;
            var states = (await store.Advanced.AllProjectionProgress(token: cancellation)).Where(s => projection.Shards.Contains(s.ShardName)).ToList();
            var position = states.Count < projection.Shards.Count ? 0 : states.Min(s => s.Sequence);
            if (position >= head)
            {
                return;
            }

            if (head is not null && states.Select(s => ShardPosition.Of(s, oldestWaiting: null).Error).FirstOrDefault(e => e is not null) is { } error)
            {
                throw new InvalidOperationException(error);
            }

            (furthest, since) = position > furthest ? (position, time.GetTimestamp()) : (furthest, since);
            if (time.GetElapsedTime(since) > Patience)
            {
                throw new InvalidOperationException($"The projection was replayed up to {position}, but no node follows the log with it.");
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>How far projections may go: the high-water mark, which waits at gaps that a running transaction could still fill.</summary>
    private async Task<long> Head(CancellationToken cancellation) =>
        (await store.Advanced.AllProjectionProgress(token: cancellation)).FirstOrDefault(s => s.ShardName == ShardState.HighWaterMark)?.Sequence ?? 0;

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
