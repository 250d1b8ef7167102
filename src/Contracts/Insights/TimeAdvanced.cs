namespace Monolith.Contracts.Insights;

/// <summary>
/// It is later than that. Time comes into the log by this event when nothing else happens and something waits for it, so that a replay sees it
/// pass in the same order.
/// </summary>
public sealed record TimeAdvanced(DateTimeOffset AdvancedAt);
