using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Monolith.Kernel.Folding;

/// <summary>Keeps the state of every stream that has one of these events as a document under the stream's key.</summary>
public abstract class FoldProjection<TState> : SingleStreamProjection<TState, string>
    where TState : class, IFolded<TState>
{
    protected FoldProjection(string name, IEnumerable<Type> events)
    {
        Name = name;
        // What is archived still counts: a rebuild must not lose it, nor a projection that was behind when it was archived.
        IncludeArchivedEvents = true;
        foreach (var type in events)
        {
            IncludeType(type);
        }
    }

    public override TState? Evolve(TState? snapshot, string id, IEvent e) => TState.Fold(snapshot, e.Data);
}
