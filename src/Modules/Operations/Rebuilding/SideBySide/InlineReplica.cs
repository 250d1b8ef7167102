using Marten;
using Monolith.Contracts.Operations;
using Monolith.Operations.Projections;
using Monolith.Operations.Rebuilding.InPlace;
using Monolith.Operations.Running;
using Npgsql;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// The shadow of an inline snapshot, which changes with every append: there is no shard to stop. Streams that moved are folded again in
/// rounds, each shorter than the one before, the last one under a lock that lets no append through for some milliseconds.
/// </summary>
internal sealed class InlineReplica(
    Shadow shadow, StreamReplay streams, InlineRebuild live, IDocumentStore store, NpgsqlDataSource database, int parallelism, TimeProvider time) : IReplica
{
    private const int Few = 50;
    private const int MostRounds = 10;

    private const int MostTries = 30;

    private static readonly TimeSpan PatienceWithReaders = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly string events = store.Options.Events.DatabaseSchemaName;
    private readonly ShadowTable table = shadow.Tables[0];
    private long mark;

    public Task<long> Measure(CancellationToken cancellation) => streams.Count(long.MaxValue, cancellation);

    public async Task Fill(Gate gate, Progress progress, CancellationToken cancellation)
    {
        mark = await LiveProjection.Head(store, cancellation);
        await streams.Everything(long.MaxValue, parallelism, gate, progress.Add, cancellation);
    }

    public async Task CatchUp(Gate gate, CancellationToken cancellation)
    {
        for (var (round, last) = (0, int.MaxValue); round < MostRounds; round++)
        {
            // Whatever is not committed yet has a sequence above the mark.
            var next = await LiveProjection.Head(store, cancellation);
            var moved = await Moved(cancellation);
            foreach (var batch in moved.Chunk(1_000))
            {
                await gate.Pass(batch.Length, cancellation);
                await streams.Again(batch, cancellation);
            }

            mark = next;
            if (moved.Count <= Few || moved.Count >= last)
            {
                return;
            }

            last = moved.Count;
        }
    }

    public async Task<ProjectionComparison> Compare(Gate gate, CancellationToken cancellation)
    {
        var comparison = new Comparison(versionsCount: true, mark, isExact: true);
        await using var left = await database.OpenConnectionAsync(cancellation);
        await using var right = await database.OpenConnectionAsync(cancellation);
        await comparison.Add(table, left, right, cancellation);
        comparison.Excuse(await MovedSinceMark(cancellation));
        return comparison.Result;
    }

    public async Task Replace(Gate gate, Switch replacement, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            await CatchUp(gate, cancellation);
            await gate.PassFinally(cancellation);
            if (await replacement.Try(new Dictionary<string, long>(StringComparer.Ordinal), LastRound, PatienceWithReaders, cancellation))
            {
                return;
            }

            // Whoever holds the table is let through, and what happens meanwhile is not left for the last round.
            await Task.Delay(Pause, time, cancellation);
        }

        throw new InvalidOperationException("The table was in use all the time, so that it could not be exchanged.");

        // Appends that had loaded a document of the generation before wait for the lock, and write what they made of it into the new table.
        async Task LastRound() => await streams.Again(await MovedSinceMark(cancellation), cancellation);
    }

    public Task Settle(long since, CancellationToken cancellation) => live.Settle(since, cancellation);

    public Task Recover(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Streams that the shadow does not have at their present version.</summary>
    private Task<List<string>> Moved(CancellationToken cancellation) => Streams(
        $"""
        select s.id from {events}.mt_streams s left join {table.Shadow} d on d.id = s.id
        where s.version > 0 and d.mt_version is distinct from s.version and {live.Belongs}
        """,
        cancellation);

    private Task<List<string>> MovedSinceMark(CancellationToken cancellation) => Streams(
        $"select distinct stream_id from {events}.mt_events where seq_id > @mark and (cardinality(@names) = 0 or type = any (@names))", cancellation);

    private async Task<List<string>> Streams(string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter("mark", mark));
        command.Parameters.Add(new NpgsqlParameter("names", live.EventNames));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }
}
