using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;

namespace Monolith.Kernel.Folding;

/// <summary>Says what a projection does with an event that it cannot fold.</summary>
public interface IHandlesPoison
{
    PoisonPolicy Poison { get; }
}

/// <summary>Keeps the state of every stream that has one of these events as a document under the stream's key.</summary>
public abstract class FoldProjection<TState> : SingleStreamProjection<TState, string>, IHandlesPoison
    where TState : class, IFolded<TState>
{
    protected FoldProjection(string name, IEnumerable<Type> events, PoisonPolicy poison = PoisonPolicy.Stop)
    {
        (Name, Poison) = (name, poison);
        // What is archived still counts: a rebuild must not lose it, nor a projection that was behind when it was archived.
        IncludeArchivedEvents = true;
        foreach (var type in events)
        {
            IncludeType(type);
        }
    }

    public PoisonPolicy Poison { get; }

    public override async ValueTask<TState?> EvolveAsync(TState? snapshot, string id, IQuerySession session, IEvent e, CancellationToken cancellation)
    {
        try
        {
            return TState.Fold(snapshot, e.Data);
        }
        catch (Exception exception) when (Poison == PoisonPolicy.SetAside)
        {
            await SetAside(session, e, exception, cancellation);
            return snapshot;
        }
    }

    /// <summary>Before the page that goes on without it is committed: it may be recorded more than once, but is never left out in silence.</summary>
    private async Task SetAside(IQuerySession session, IEvent e, Exception exception, CancellationToken cancellation)
    {
        await using var own = session.DocumentStore.LightweightSession();
        own.Store(SetAsideEvent.Of(Name, e, exception));
        await own.SaveChangesAsync(cancellation);
    }
}
