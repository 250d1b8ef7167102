using Marten;
using Microsoft.Extensions.Logging;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Reading;
using Monolith.Operations.Projections;
using Monolith.Operations.Running;
using Npgsql;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace Monolith.Operations.Rebuilding;

/// <summary>Carries a rebuild through, from whatever an earlier attempt left behind, and records what became of it.</summary>
public sealed class RebuildRunner(
    IDocumentStore store,
    OperationJournal journal,
    NpgsqlDataSource database,
    Shards shards,
    IProjectionCoordinator coordinator,
    TimeProvider time,
    ILogger<RebuildRunner> log)
{
    public static bool CanRebuild(RegisteredProjection projection) =>
        projection.Kind == ProjectionKind.Async || InlineSnapshot.Of(projection.Source) is not null;

    internal async Task Run(Operation operation, Turn turn, CancellationToken cancellation)
    {
        var rebuild = RegisteredProjection.Find(store, operation.Target) is { } projection ? RebuildOf(projection) : null;
        try
        {
            var total = rebuild is null
                ? throw new InvalidOperationException($"This version of the program has no projection {operation.Target}.")
                : await rebuild.Measure(cancellation);
            await Record(operation, _ => new RebuildStarted(operation.PublicId, shards.ThisNode, total, time.BusinessNow()), cancellation);
            await using var progress = new Progress(store, operation.PublicId, total, time, log);
            await rebuild.Run(progress, turn, cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(exception, "The rebuild of {Projection} failed", operation.Target);
            await (rebuild?.Recover(cancellation) ?? Task.CompletedTask);
            await Record(operation, _ => new RebuildFailed(operation.PublicId, Failure.Describe(exception), time.BusinessNow()), cancellation);
            return;
        }

        await Record(operation, generation => new RebuildSucceeded(operation.PublicId, generation, time.BusinessNow()), cancellation);
    }

    private IRebuild RebuildOf(RegisteredProjection projection) => projection.Kind == ProjectionKind.Async
        ? new AsyncRebuild(projection, store, shards, coordinator, time)
        : new InlineRebuild(
            InlineSnapshot.Of(projection.Source) ?? throw new InvalidOperationException($"{projection.Name} cannot be rebuilt."), store, database, time);

    /// <summary>
    /// Appends what happened and raises the generation with it: from the start to the end of a rebuild the content changes.
    /// </summary>
    private Task Record(Operation operation, Func<int, object> eventOf, CancellationToken cancellation) => journal.Record(
        operation,
        async session =>
        {
            var generation = await ProjectionGeneration.Load(session, operation.Target, cancellation) + 1;
            session.Store(new ProjectionGeneration(operation.Target, generation));
            var happened = eventOf(generation);
            if (happened is RebuildStarted started)
            {
                session.Store(new OperationProgress(operation.PublicId, Phase.Waiting, Processed: 0, started.Total, EventsPerSecond: 0));
            }

            return happened;
        },
        cancellation);
}
