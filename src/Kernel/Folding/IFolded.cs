namespace Monolith.Kernel.Folding;

/// <summary>The state of one stream, folded from its events.</summary>
public interface IFolded<TSelf>
    where TSelf : class, IFolded<TSelf>
{
    /// <summary>How many events led here, which is the version of the stream.</summary>
    long EventsFolded { get; }

    /// <summary>The state after one more event: deterministic and total.</summary>
    static abstract TSelf? Fold(TSelf? state, object e);
}

public static class Folded
{
    /// <summary>The state after all of these events, from the beginning.</summary>
    public static TState? From<TState>(IEnumerable<object> events)
        where TState : class, IFolded<TState> => After<TState>(state: null, events);

    /// <summary>The state after some more events.</summary>
    public static TState? After<TState>(TState? state, IEnumerable<object> events)
        where TState : class, IFolded<TState> => events.Aggregate(state, TState.Fold);
}
