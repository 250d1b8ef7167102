using Monolith.Operations.Running;

namespace Monolith.Operations.Rebuilding;

/// <summary>A way to compute a projection again.</summary>
internal interface IRebuild
{
    /// <summary>The number of events to process, as far as it is known before.</summary>
    Task<long> Measure(CancellationToken cancellation);

    /// <summary>Returns when the projection is complete and live.</summary>
    Task Run(Progress progress, Turn turn, CancellationToken cancellation);

    /// <summary>Lets the projection go on after <see cref="Run"/> has failed.</summary>
    Task Recover(CancellationToken cancellation);
}
