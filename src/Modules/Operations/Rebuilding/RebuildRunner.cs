using Marten;
using Microsoft.Extensions.Logging;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Reading;
using Monolith.Operations.Projections;
using Monolith.Operations.Reapplying;
using Monolith.Operations.Rebuilding.InPlace;
using Monolith.Operations.Rebuilding.SideBySide;
using Monolith.Operations.Running;
using Npgsql;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace Monolith.Operations.Rebuilding;

/// <summary>
/// Carries a rebuild, a verification or a rollback through, from whatever an earlier attempt left behind, and records what became of it.
/// </summary>
public sealed class RebuildRunner(
    IDocumentStore store,
    StoreTemplate template,
    OperationJournal journal,
    NpgsqlDataSource database,
    Shards shards,
    IProjectionCoordinator coordinator,
    RebuildSettings settings,
    TimeProvider time,
    ILogger<RebuildRunner> log)
{
    public static bool CanRebuild(RegisteredProjection projection) =>
        projection.Kind == ProjectionKind.Async || InlineSnapshot.Of(projection.Source) is not null;

    internal async Task Run(Operation operation, Turn turn, CancellationToken cancellation)
    {
        IRebuild? rebuild = null;
        Func<int, object> happened;
        // In place, readers see it from the beginning, whatever comes of it.
        var raising = operation.Mode == RebuildMode.InPlace;
        try
        {
            rebuild = await RebuildOf(operation, cancellation);
            var total = await rebuild.Measure(cancellation);
            operation = await Begin(operation, total, cancellation);
            using var gate = new Gate(store, operation, time);
            await using var progress = new Progress(store, operation.PublicId, total, time, log);
            if (operation.Replaced is null)
            {
                await rebuild.Resume(cancellation);
                await gate.PassFinally(cancellation);
            }

            happened = await rebuild.Run(operation, progress, turn, gate, cancellation);
            raising |= rebuild.IsSeen && operation.Kind != OperationKind.Verification;
        }
        catch (OperationCancelledException)
        {
            await Recover(rebuild, operation, turn, cancellation);
            happened = _ => new OperationCancelled(operation.PublicId, time.BusinessNow());
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(exception, "The {Operation} of {Projection} failed", operation.Kind, operation.Target);
            raising |= await Recover(rebuild, operation, turn, cancellation) && rebuild is { IsSeen: true };
            happened = _ => new RebuildFailed(operation.PublicId, Failure.Describe(exception), time.BusinessNow());
        }
        finally
        {
            await (rebuild?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        await Record(operation, happened, raising, cancellation);
    }

    /// <returns>Whether readers see the new generation nevertheless.</returns>
    /// <exception cref="InvalidOperationException">This process has lost its turn: it is for another to clear up, and to say what became of it.</exception>
    private async Task<bool> Recover(IRebuild? rebuild, Operation operation, Turn turn, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var now = (await session.LoadAsync<Operation>(operation.Id, cancellation))!;
        if (now.Attempts != operation.Attempts || !await turn.IsHeld(cancellation))
        {
            throw new InvalidOperationException("Another node may have taken the operation over.");
        }

        await (rebuild?.Recover(now, cancellation) ?? Task.CompletedTask);
        return now.Replaced is not null;
    }

    private async Task<IRebuild> RebuildOf(Operation operation, CancellationToken cancellation)
    {
        var projection = RegisteredProjection.Find(store, operation.Target)
            ?? throw new InvalidOperationException($"This version of the program has no projection {operation.Target}.");
        return (operation.Mode, projection.Kind) switch
        {
            _ when operation.Kind == OperationKind.Reapplication => new Reapplication(projection, store, shards, time),
            (RebuildMode.SideBySide, _) => await SideBySideRebuild.Prepare(
                operation, projection, store, template, database, shards, journal, settings, time, log, cancellation),
            (_, ProjectionKind.Async) => new AsyncRebuild(projection, store, shards, coordinator, time),
            _ => new InlineRebuild(
                InlineSnapshot.Of(projection.Source) ?? throw new InvalidOperationException($"{projection.Name} cannot be rebuilt."), store, database, time),
        };
    }

    /// <returns>The operation with this attempt.</returns>
    private async Task<Operation> Begin(Operation operation, long total, CancellationToken cancellation)
    {
        await Record(
            operation, _ => new RebuildStarted(operation.PublicId, shards.ThisNode, total, time.BusinessNow()),
            raising: operation.Mode == RebuildMode.InPlace, cancellation);
        await using var session = store.QuerySession();
        return (await session.LoadAsync<Operation>(operation.Id, cancellation))!;
    }

    /// <param name="raising">The content of the projection has changed, or begins to change.</param>
    private Task Record(Operation operation, Func<int, object> eventOf, bool raising, CancellationToken cancellation) => journal.Record(
        operation,
        async session =>
        {
            var generation = await ProjectionGeneration.Load(session, operation.Target, cancellation) + (raising ? 1 : 0);
            if (raising)
            {
                session.Store(new ProjectionGeneration(operation.Target, generation));
            }

            var happened = eventOf(generation);
            if (happened is RebuildStarted started)
            {
                session.Store(new OperationProgress(operation.PublicId, Phase.Waiting, Processed: 0, started.Total, EventsPerSecond: 0));
            }
            else if (happened is RebuildSucceeded)
            {
                session.Delete<ProjectionPause>(operation.Target);
            }

            return happened;
        },
        cancellation);
}
