using Monolith.Contracts.Operations;
using Monolith.Operations.Running;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>How a shadow of one kind of projection is filled, kept up with the log, and put in the place of the live one.</summary>
internal interface IReplica
{
    /// <summary>How many events there are to fold, before the shadow is made.</summary>
    Task<long> Measure(CancellationToken cancellation);

    /// <summary>Fills the empty shadow from the log as it is now.</summary>
    Task Fill(Gate gate, Progress progress, CancellationToken cancellation);

    /// <summary>Brings the shadow close to the live projection, while that goes on.</summary>
    Task CatchUp(Gate gate, CancellationToken cancellation);

    Task<ProjectionComparison> Compare(Gate gate, CancellationToken cancellation);

    /// <summary>Puts the shadow where readers look, in one short transaction.</summary>
    Task Replace(Gate gate, Switch replacement, CancellationToken cancellation);

    /// <summary>After the switch, also in another process: returns when the projection was seen live.</summary>
    /// <param name="since">A position of the log; what was appended before was complete at the switch.</param>
    Task Settle(long since, CancellationToken cancellation);

    /// <summary>Lets the live projection go on after something has failed.</summary>
    Task Recover(CancellationToken cancellation);
}
