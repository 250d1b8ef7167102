using Marten;
using Marten.Events.Archiving;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Folding;
using Monolith.Operations.Projections;
using Monolith.Operations.Rebuilding;
using Monolith.Operations.Running;

namespace Monolith.Operations.Reapplying;

/// <summary>
/// Folds streams once more, up to where their projection stands, after the code has been put right that could not fold some of their events.
/// The projection stands still meanwhile, so that nobody else writes the documents.
/// </summary>
internal sealed class Reapplication(RegisteredProjection projection, IDocumentStore store, Shards shards, TimeProvider time) : IRebuild
{
    private readonly LiveProjection live = new(projection, store, shards, time);
    private readonly InlineSnapshot documents = InlineSnapshot.Of(projection.Source)
        ?? throw new InvalidOperationException($"{projection.Name} does not keep a document for each stream.");

    public bool IsSeen => true;

    public Task<long> Measure(CancellationToken cancellation) => Task.FromResult(0L);

    public async Task<Func<int, object>> Run(Operation operation, Progress progress, Turn turn, Gate gate, CancellationToken cancellation)
    {
        progress.Enter(Phase.Stopping);
        await live.Stop(cancellation);
        progress.Enter(Phase.Replaying);
        var (positions, _) = await live.Now(cancellation);
        foreach (var stream in operation.Streams)
        {
            await Fold(stream, positions.Values.Min(), cancellation);
        }

        progress.Enter(Phase.GoingLive);
        if (await live.StartUnlessPaused(cancellation))
        {
            await live.UntilLive(cancellation);
        }

        return generation => new StreamsReapplied(operation.PublicId, generation, time.BusinessNow());
    }

    public Task Resume(CancellationToken cancellation) => live.StartUnlessPaused(cancellation);

    public Task Recover(Operation operation, CancellationToken cancellation) => live.StartUnlessPaused(cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <exception cref="InvalidOperationException">An event still cannot be folded.</exception>
    private async Task Fold(string stream, long upTo, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        session.DeleteWhere<SetAsideEvent>(e => e.Projection == projection.Name && e.Stream == stream);
        await session.SaveChangesAsync(cancellation);

        var events = await session.Events.QueryAllRawEvents()
            .Where(e => e.StreamKey == stream && e.Sequence <= upTo && e.MaybeArchived()).OrderBy(e => e.Version).ToListAsync(cancellation);
        await documents.Fold(session, stream, events, cancellation);
        await session.SaveChangesAsync(cancellation);

        // What cannot be folded now is set aside again, with the present error.
        if (await session.Query<SetAsideEvent>().FirstOrDefaultAsync(e => e.Projection == projection.Name && e.Stream == stream, cancellation) is { } again)
        {
            throw new InvalidOperationException($"Event {again.Sequence} ({again.EventName}) of stream {stream} still cannot be folded: {again.Error}");
        }
    }
}
