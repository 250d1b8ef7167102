using System.Security.Claims;
using Monolith.Kernel.Paging;

namespace Monolith.Operations.DeadLetters;

/// <summary>Who does something with dead letters, and why.</summary>
public sealed record Treatment(string Reason, string Actor, DateTimeOffset At);

/// <summary>One place where dead letters lie. Ids are the public ones; each box knows its own and passes over others.</summary>
public interface IDeadLetterBox
{
    DeadLetterSource Source { get; }

    /// <summary>Newest first (<see cref="DeadLetterView.FailedAt"/>, then id, both descending), from behind the cursor on.</summary>
    Task<IReadOnlyList<DeadLetterView>> List(DeadLetterFilter filter, Cursor? after, int limit, ClaimsPrincipal reader, CancellationToken cancellation);

    Task<DeadLetterView?> Find(string id, ClaimsPrincipal reader, CancellationToken cancellation);

    /// <summary>The oldest that the filter lets through.</summary>
    Task<IReadOnlyList<string>> Select(DeadLetterFilter filter, int limit, CancellationToken cancellation);

    /// <returns>Those that will be tried again; the others are gone, cannot be read, or are under way already.</returns>
    Task<IReadOnlyList<string>> Replay(IReadOnlyList<string> ids, Treatment treatment, CancellationToken cancellation);

    /// <returns>Those that were removed for good.</returns>
    Task<IReadOnlyList<string>> Discard(IReadOnlyList<string> ids, CancellationToken cancellation);
}
