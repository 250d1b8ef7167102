using System.Data;
using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.Logging;
using Monolith.Contracts.Operations;
using Monolith.Operations.Projections;
using Monolith.Operations.Running;
using Npgsql;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// The shadow of an asynchronous projection. It follows the log behind the live one, never beyond it: so both can be compared at the same
/// position, and at the switch, for which the live one stands still a moment, only the positions change hands.
/// </summary>
internal sealed class AsyncReplica(
    RegisteredProjection projection, Shadow shadow, Shadows shadows, IDocumentStore store, NpgsqlDataSource database, Shards shards,
    int parallelism, TimeProvider time, ILogger log) : IReplica
{
    private const long Close = 1_000;
    private const long FarBehind = 10_000;
    private const int MostRounds = 50;
    private const int MostTries = 20;

    private static readonly TimeSpan PatienceWithReaders = TimeSpan.FromSeconds(10);

    private readonly LiveProjection current = new(projection, store, shards, time);
    private readonly IReadOnlyList<(string Live, AsyncShard<IDocumentOperations, IQuerySession> Own)> pairs = shadows.Shards(shadow);
    private readonly string events = store.Options.Events.DatabaseSchemaName;

    private readonly StreamReplay? streams = StreamReplay.Of(shadow, database);

    public async Task<long> Measure(CancellationToken cancellation)
    {
        var mark = await Mark(cancellation);
        return streams is null ? mark : await streams.Count(mark, cancellation);
    }

    public async Task Fill(Gate gate, Progress progress, CancellationToken cancellation)
    {
        var mark = await Mark(cancellation);
        if (streams is null)
        {
            await Follow(_ => mark, gate, progress.At, cancellation);
            return;
        }

        await streams.Everything(mark, parallelism, gate, progress.Add, cancellation);
        await SetPosition(mark, cancellation);
    }

    public async Task CatchUp(Gate gate, CancellationToken cancellation)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var (targets, _) = await current.Now(cancellation);
            var own = await OwnPositions(cancellation);
            if (targets.All(t => t.Value - own[t.Key] <= Close))
            {
                return;
            }

            await Follow(live => targets[live], gate, _ => { }, cancellation);
        }
    }

    public async Task<ProjectionComparison> Compare(Gate gate, CancellationToken cancellation)
    {
        await CatchUp(gate, cancellation);
        // In one snapshot of the database the live model and its position belong together, however it goes on meanwhile.
        await using var live = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await live.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var positions = await LivePositions(live, cancellation);
        await Follow(shard => positions[shard], gate: null, _ => { }, cancellation);
        var own = await OwnPositions(cancellation);

        var isExact = positions.All(p => own[p.Key] == p.Value);
        var comparison = new Comparison(versionsCount: false, own.Values.DefaultIfEmpty().Min(), isExact);
        await using var rebuilt = await database.OpenConnectionAsync(cancellation);
        foreach (var table in shadow.Tables)
        {
            await comparison.Add(table, live, rebuilt, cancellation);
        }

        return comparison.Result;
    }

    public async Task Replace(Gate gate, Switch replacement, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            await CatchUp(gate, cancellation);
            await gate.PassFinally(cancellation);
            var (_, wasFollowing) = await current.Now(cancellation);
            await current.Stop(cancellation);
            var (positions, _) = await current.Now(cancellation);
            // What has stopped at an event is to get past it.
            var head = wasFollowing ? 0 : await LiveProjection.Head(store, cancellation);
            // While it stands still, nothing holds this up: no pause, no limit.
            await Follow(shard => Math.Max(positions[shard], head), gate: null, _ => { }, cancellation);
            if (await replacement.Try(await OwnPositions(cancellation), () => Task.CompletedTask, PatienceWithReaders, cancellation))
            {
                return;
            }

            // A reader that takes its time should not make the model old for all the others.
            if (await current.StartUnlessPaused(cancellation))
            {
                await current.UntilLive(cancellation);
            }
        }

        throw new InvalidOperationException("The tables were in use all the time, so that they could not be exchanged.");
    }

    public async Task Settle(long since, CancellationToken cancellation)
    {
        await current.Start(cancellation);
        await current.UntilLive(cancellation);
    }

    public Task Recover(CancellationToken cancellation) => current.StartUnlessPaused(cancellation);

    /// <summary>Where the replay ends: where the live shards are, unless they are so far behind that this would be of no use.</summary>
    private async Task<long> Mark(CancellationToken cancellation)
    {
        var head = await LiveProjection.Head(store, cancellation);
        var (positions, _) = await current.Now(cancellation);
        var furthestBack = positions.Values.DefaultIfEmpty().Min();
        return head - furthestBack <= FarBehind ? Math.Min(furthestBack, head) : head;
    }

    private async Task Follow(Func<string, long> target, Gate? gate, Action<long> page, CancellationToken cancellation)
    {
        var own = await OwnPositions(cancellation);
        foreach (var (live, shard) in pairs)
        {
            await new LogReplay(shadow.Store, shard, log).Run(own[live], target(live), gate, page, cancellation);
        }
    }

    private async Task<IReadOnlyDictionary<string, long>> OwnPositions(CancellationToken cancellation)
    {
        var states = (await shadow.Store.Advanced.AllProjectionProgress(token: cancellation)).ToDictionary(s => s.ShardName, s => s.Sequence, StringComparer.Ordinal);
        return shadow.Progress.ToDictionary(p => p.Live, p => states.GetValueOrDefault(p.Own), StringComparer.Ordinal);
    }

    private async Task<IReadOnlyDictionary<string, long>> LivePositions(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var positions = projection.Shards.ToDictionary(s => s, _ => 0L, StringComparer.Ordinal);
        await using var command = new NpgsqlCommand($"select name, last_seq_id from {events}.mt_event_progression where name = any ($1)", connection);
        command.Parameters.AddWithValue(projection.Shards.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            positions[reader.GetString(0)] = reader.GetInt64(1);
        }

        return positions;
    }

    private async Task SetPosition(long mark, CancellationToken cancellation)
    {
        // Who begins at the beginning has no row yet and makes its own.
        if (mark == 0)
        {
            return;
        }

        foreach (var (_, shard) in pairs)
        {
            await using var command = database.CreateCommand($"insert into {events}.mt_event_progression (name, last_seq_id) values ($1, $2)");
            command.Parameters.AddWithValue(shard.Name.Identity);
            command.Parameters.AddWithValue(mark);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
