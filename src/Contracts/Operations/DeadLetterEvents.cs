namespace Monolith.Contracts.Operations;

/// <summary>An operator had dead letters tried again.</summary>
/// <param name="DeadLetterIds">Those that were there and could be read.</param>
/// <param name="Actor">The operator's <c>sub</c>.</param>
public sealed record DeadLettersReplayed(IReadOnlyList<string> DeadLetterIds, string Reason, string Actor, DateTimeOffset ReplayedAt);

/// <summary>An operator removed dead letters for good.</summary>
/// <param name="Actor">The operator's <c>sub</c>.</param>
public sealed record DeadLettersDiscarded(IReadOnlyList<string> DeadLetterIds, string Reason, string Actor, DateTimeOffset DiscardedAt);
