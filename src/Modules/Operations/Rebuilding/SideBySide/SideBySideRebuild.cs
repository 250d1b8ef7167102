using Marten;
using Microsoft.Extensions.Logging;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Operations.Projections;
using Monolith.Operations.Rebuilding.InPlace;
using Monolith.Operations.Running;
using Npgsql;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// Computes a projection again beside the one that is read, compares the two, and exchanges them in one short transaction: readers never see
/// anything but a complete model. Without the exchange it is a verification; without the computing, of the generation before, a rollback.
/// </summary>
internal sealed class SideBySideRebuild : IRebuild
{
    private readonly IDocumentStore store;
    private readonly OperationJournal journal;
    private readonly TimeProvider time;
    private readonly Shadows shadows;
    private readonly Shadow shadow;
    private readonly IReplica replica;
    private readonly bool isRollback;

    private SideBySideRebuild(
        RegisteredProjection projection, OperationJournal journal, IDocumentStore store, TimeProvider time, Shadows shadows, Shadow shadow,
        IReplica replica, bool isRollback) =>
        (IsSeen, this.store, this.journal, this.time, this.shadows, this.shadow, this.replica, this.isRollback) =
        (projection.Kind == ProjectionKind.Inline, store, journal, time, shadows, shadow, replica, isRollback);

    /// <summary>After the exchange of an inline snapshot, documents are put right that late commands have written.</summary>
    public bool IsSeen { get; }

    /// <exception cref="InvalidOperationException">There is no generation to go back to.</exception>
    public static async Task<SideBySideRebuild> Prepare(
        Operation operation, RegisteredProjection projection, IDocumentStore store, StoreTemplate template, NpgsqlDataSource database,
        Shards shards, OperationJournal journal, RebuildSettings settings, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var made = new Shadows(store, template, database, projection);
        var back = operation is { Kind: OperationKind.Rollback, Replaced: null };
        var copy = back ? await made.Reopen(await Previous(store, operation, cancellation), cancellation) : made.Plan(operation);
        IReplica way = projection.Kind == ProjectionKind.Async
            ? new AsyncReplica(projection, copy, made, store, database, shards, settings.Parallelism, time, log)
            : new InlineReplica(
                copy, StreamReplay.Of(copy, database)!, new InlineRebuild(InlineSnapshot.Of(projection.Source)!, store, database, time), store, database,
                settings.Parallelism, time);
        return new SideBySideRebuild(projection, journal, store, time, made, copy, way, back);
    }

    public Task<long> Measure(CancellationToken cancellation) => isRollback ? Task.FromResult(0L) : replica.Measure(cancellation);

    public async Task<Func<int, object>> Run(Operation operation, Progress progress, Turn turn, Gate gate, CancellationToken cancellation)
    {
        var replaced = operation.Replaced;
        if (replaced is null)
        {
            var comparison = await Build(progress, gate, cancellation);
            if (operation.Kind == OperationKind.Verification)
            {
                await shadows.Drop(shadow, cancellation);
                return _ => new VerificationSucceeded(operation.PublicId, comparison, time.BusinessNow());
            }

            progress.Enter(Phase.Switching);
            await replica.Replace(gate, new Switch(store, journal, operation, shadow, comparison, time), cancellation);
            replaced = new ProjectionReplaced(operation.PublicId, Generation: 0, comparison, time.BusinessNow());
        }

        progress.Enter(Phase.GoingLive);
        await replica.Settle(replaced.Comparison.Position, cancellation);
        return generation => new RebuildSucceeded(operation.PublicId, generation, time.BusinessNow());
    }

    public Task Resume(CancellationToken cancellation) => replica.Recover(cancellation);

    public async Task Recover(Operation operation, CancellationToken cancellation)
    {
        // A commit may have succeeded although its answer was lost.
        if (operation.Replaced is null)
        {
            await (isRollback ? shadows.Close(shadow, cancellation) : shadows.Drop(shadow, cancellation));
            await shadows.DropLeftovers(cancellation);
        }

        await replica.Recover(cancellation);
    }

    public ValueTask DisposeAsync() => shadow.DisposeAsync();

    private async Task<ProjectionComparison> Build(Progress progress, Gate gate, CancellationToken cancellation)
    {
        await gate.PassFinally(cancellation);
        await shadows.DropLeftovers(cancellation);
        if (!isRollback)
        {
            await shadows.Create(shadow, cancellation);
            progress.Enter(Phase.Replaying);
            await replica.Fill(gate, progress, cancellation);
        }

        progress.Enter(Phase.CatchingUp);
        await replica.CatchUp(gate, cancellation);
        progress.Enter(Phase.Comparing);
        return await replica.Compare(gate, cancellation);
    }

    private static async Task<PreviousGeneration> Previous(IDocumentStore store, Operation operation, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<PreviousGeneration>(operation.Target, cancellation)
            ?? throw new InvalidOperationException("No previous generation of this projection is kept.");
    }
}
