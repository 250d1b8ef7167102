using Marten;
using Monolith.Kernel.Commands;
using Monolith.Kernel.History;

namespace Monolith.Operations.Running;

/// <summary>Records what becomes of operations, for whoever asked for them, however many nodes and attempts it takes.</summary>
public sealed class OperationJournal(IDocumentStore store, ISessionFactory sessions)
{
    /// <summary>Where the operation comes from: its first event's correlation and causes.</summary>
    public async Task<(string? CorrelationId, string? CausationId)> Origin(Operation operation, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var requested = (await StreamEvents.Read(session, operation.Id, after: 0, limit: 1, cancellation))[0];
        return (requested.CorrelationId, requested.CausationId);
    }

    /// <summary>A session whose events belong to the operation.</summary>
    public async Task<IDocumentSession> Open(Operation operation, CancellationToken cancellation)
    {
        var session = sessions.OpenSession();
        (session.CorrelationId, session.CausationId) = await Origin(operation, cancellation);
        session.LastModifiedBy = operation.Actor;
        return session;
    }

    /// <param name="eventOf">What happened, given what the operation is by now; with a session for what changes with it.</param>
    public async Task Record(Operation operation, Func<IDocumentSession, Task<object>> eventOf, CancellationToken cancellation)
    {
        // Operators may say something about the operation at the same moment: pause it, or cancel it.
        for (var attempt = 1; ; attempt++)
        {
            await using var session = await Open(operation, cancellation);
            try
            {
                await Append(session, operation, check: null, await eventOf(session), cancellation);
                await session.SaveChangesAsync(cancellation);
                return;
            }
            catch (Exception exception) when (attempt < 5 && LostRace.Is(exception))
            {
                // Tried again with the operation as it is now.
            }
        }
    }

    /// <summary>Puts the event into the session; with the last one goes the claim on the target.</summary>
    /// <param name="check">Throws when the operation as it is now does not allow it; nothing changes it until the commit.</param>
    public static async Task Append(
        IDocumentSession session, Operation operation, Action<Operation>? check, object happened, CancellationToken cancellation)
    {
        var stream = await session.Events.FetchForWriting<Operation>(operation.Id, cancellation);
        check?.Invoke(stream.Aggregate!);
        stream.AppendOne(happened);
        if (Operation.Fold(stream.Aggregate, happened) is { IsFinished: true })
        {
            session.Delete<OperationClaim>(operation.Target);
        }
    }
}
