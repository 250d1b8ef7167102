using JasperFx.Events.Projections;
using Marten;

namespace Monolith.Operations.Projections;

/// <summary>How far an asynchronous projection is in following the log, seen from the database.</summary>
internal sealed class LiveProjection(RegisteredProjection projection, IDocumentStore store, Shards shards, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long an error is believed to be left behind by what ran before: the daemon erases it some time after the start. Shorter than the daemon waits in the end
    /// until it tries once more what has failed again and again.
    /// </summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How far projections may go: the high-water mark, which waits at gaps that a running transaction could still fill.</summary>
    public static async Task<long> Head(IDocumentStore store, CancellationToken cancellation) =>
        (await store.Advanced.AllProjectionProgress(token: cancellation))
            .FirstOrDefault(s => s.ShardName == ShardState.HighWaterMark)?.Sequence ?? 0;

    public async Task Stop(CancellationToken cancellation)
    {
        foreach (var shard in projection.Shards)
        {
            await shards.Stop(shard, cancellation);
        }
    }

    public async Task Start(CancellationToken cancellation)
    {
        foreach (var shard in projection.Shards)
        {
            await shards.Start(shard, cancellation);
        }
    }

    /// <summary>Starts it again after an operation, unless an operator had stopped it before.</summary>
    /// <returns>Whether it was started.</returns>
    public async Task<bool> StartUnlessPaused(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<ProjectionPause>(projection.Name, cancellation) is not null)
        {
            return false;
        }

        await Start(cancellation);
        return true;
    }

    /// <summary>Waits until some node runs every shard and each has passed the head as it was when that was seen.</summary>
    /// <exception cref="InvalidOperationException">A shard failed again, or does not come back.</exception>
    public async Task UntilLive(CancellationToken cancellation)
    {
        long? head = null;
        var (furthest, since) = (-1L, time.GetTimestamp());
        long? failing = null;
        while (true)
        {
            var hosts = await shards.Hosts(projection.Shards, cancellation);
            head ??= projection.Shards.All(hosts.ContainsKey) ? await Head(store, cancellation) : null;
            var states = (await store.Advanced.AllProjectionProgress(token: cancellation)).Where(s => projection.Shards.Contains(s.ShardName)).ToList();
            var position = states.Count < projection.Shards.Count ? 0 : states.Min(s => s.Sequence);
            if (position >= head)
            {
                return;
            }

            var error = head is null ? null : states.Select(s => ShardPosition.Of(s, oldestWaiting: null).Error).FirstOrDefault(e => e is not null);
            failing = error is null || position > furthest ? null : failing ?? time.GetTimestamp();
            if (failing is { } then && time.GetElapsedTime(then) > Doubt)
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

    /// <summary>The position of each shard, and whether all of them follow the log at the moment.</summary>
    public async Task<(IReadOnlyDictionary<string, long> Positions, bool IsFollowing)> Now(CancellationToken cancellation)
    {
        var states = (await store.Advanced.AllProjectionProgress(token: cancellation)).ToDictionary(s => s.ShardName, StringComparer.Ordinal);
        var hosts = await shards.Hosts(projection.Shards, cancellation);
        return (
            projection.Shards.ToDictionary(s => s, s => states.GetValueOrDefault(s)?.Sequence ?? 0, StringComparer.Ordinal),
            projection.Shards.All(s => hosts.ContainsKey(s) && ShardPosition.Of(states.GetValueOrDefault(s), oldestWaiting: null).IsFollowing));
    }
}
