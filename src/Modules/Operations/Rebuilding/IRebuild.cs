using Monolith.Operations.Running;

namespace Monolith.Operations.Rebuilding;

/// <summary>A way to compute a projection again.</summary>
internal interface IRebuild : IAsyncDisposable
{
    /// <summary>Whether readers see parts of it before its end, so that the generation has to rise with that once more.</summary>
    bool IsSeen { get; }

    /// <summary>The number of events to process, as far as it is known before.</summary>
    Task<long> Measure(CancellationToken cancellation);

    /// <summary>Returns when it is done: after a rebuild, when the projection is complete and live.</summary>
    /// <param name="operation">As it is in this attempt.</param>
    /// <returns>What has happened, given the projection's generation.</returns>
    Task<Func<int, object>> Run(Operation operation, Progress progress, Turn turn, Gate gate, CancellationToken cancellation);

    /// <summary>Lets the projection go on that an earlier attempt may have left standing still, where it is not needed for long.</summary>
    Task Resume(CancellationToken cancellation);

    /// <summary>Leaves nothing behind and lets the projection go on, after <see cref="Run"/> has failed or was cancelled.</summary>
    /// <param name="operation">As it is recorded now.</param>
    Task Recover(Operation operation, CancellationToken cancellation);
}
