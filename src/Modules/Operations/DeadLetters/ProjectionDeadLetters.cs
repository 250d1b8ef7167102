using System.Security.Claims;
using Marten;
using Monolith.Contracts.Operations;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Kernel.History;
using Monolith.Kernel.Paging;
using Monolith.Operations.Projections;
using Monolith.Operations.Running;

namespace Monolith.Operations.DeadLetters;

/// <summary>
/// Events that projections have set aside. A replay is an operation that folds the streams of these events once more; what it cannot fold
/// is set aside again.
/// </summary>
public sealed class ProjectionDeadLetters(IDocumentStore store, ISessionFactory sessions) : IDeadLetterBox
{
    public DeadLetterSource Source => DeadLetterSource.Projection;

    public async Task<IReadOnlyList<DeadLetterView>> List(
        DeadLetterFilter filter, Cursor? after, int limit, ClaimsPrincipal reader, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var events = Matching(session, filter);
        if (after is { At: var at, Id: var id })
        {
            events = events.Where(e => e.SetAsideAt < at || (e.SetAsideAt == at && e.Id.CompareTo(id) < 0));
        }

        var found = await events.OrderByDescending(e => e.SetAsideAt).ThenByDescending(e => e.Id).Take(limit).ToListAsync(cancellation);
        return [.. found.Select(e => View(e, reader))];
    }

    public async Task<DeadLetterView?> Find(string id, ClaimsPrincipal reader, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<SetAsideEvent>(id, cancellation) is { } e ? View(e, reader) : null;
    }

    public async Task<IReadOnlyList<string>> Select(DeadLetterFilter filter, int limit, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await Matching(session, filter).OrderBy(e => e.SetAsideAt).ThenBy(e => e.Id).Take(limit).Select(e => e.Id).ToListAsync(cancellation);
    }

    /// <returns>Those whose projection nothing else works on at the moment.</returns>
    public async Task<IReadOnlyList<string>> Replay(IReadOnlyList<string> ids, Treatment treatment, CancellationToken cancellation)
    {
        var replayed = new List<string>();
        foreach (var letters in (await Load(ids, cancellation)).GroupBy(e => e.Projection, StringComparer.Ordinal))
        {
            if (await Begin(letters.Key, [.. letters.Select(e => e.Stream).Distinct()], treatment, cancellation))
            {
                replayed.AddRange(letters.Select(e => e.Id));
            }
        }

        return replayed;
    }

    public async Task<IReadOnlyList<string>> Discard(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var letters = await Load(ids, cancellation);
        await using var session = store.LightweightSession();
        session.DeleteObjects(letters);
        await session.SaveChangesAsync(cancellation);
        return [.. letters.Select(e => e.Id)];
    }

    private async Task<bool> Begin(string projection, IReadOnlyList<string> streams, Treatment treatment, CancellationToken cancellation)
    {
        await using var session = sessions.OpenSession();
        if (RegisteredProjection.Find(store, projection) is null || await session.LoadAsync<OperationClaim>(projection, cancellation) is not null)
        {
            return false;
        }

        OperationStart.Begin(
            session,
            new ReapplicationRequested(Guid.CreateVersion7().ToString(), projection, streams, treatment.Reason, treatment.Actor, treatment.At));
        try
        {
            await session.SaveChangesAsync(cancellation);
            return true;
        }
        catch (Exception exception) when (LostRace.Is(exception))
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<SetAsideEvent>> Load(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadManyAsync<SetAsideEvent>(cancellation, ids);
    }

    /// <summary>What a projection has set aside that is being computed again is nobody's business yet.</summary>
    private IQueryable<SetAsideEvent> Matching(IQuerySession session, DeadLetterFilter filter)
    {
        var projections = RegisteredProjection.All(store).Select(p => p.Name).ToArray();
        IQueryable<SetAsideEvent> events = session.Query<SetAsideEvent>().Where(e => e.Projection.IsOneOf(projections));
        events = filter.MessageType is { } name ? events.Where(e => e.EventName == name || e.EventName.EndsWith("." + name)) : events;
        events = filter.ExceptionType is { } type ? events.Where(e => e.ErrorType == type || e.ErrorType.EndsWith("." + type)) : events;
        events = filter.From is { } from ? events.Where(e => e.SetAsideAt >= from) : events;
        return filter.To is { } to ? events.Where(e => e.SetAsideAt < to) : events;
    }

    private static DeadLetterView View(SetAsideEvent e, ClaimsPrincipal reader) => new(
        e.Id, DeadLetterSource.Projection, EventName.Parse(e.EventName).Type, e.Projection, e.ErrorType, MessageBody.Complaint(e.Error, reader),
        e.SetAsideAt, e.SetAsideAt, Attempts: 1, Replays: 0, Replayable: true, Replaying: false, new { e.Sequence, StreamId = e.Stream, e.EventName });
}
