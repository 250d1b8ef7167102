namespace Monolith.Insights.Streaming.Alerting;

/// <summary>How a rule stands for one key: part of a processor's state.</summary>
/// <param name="Id">The rule and the key.</param>
/// <param name="Streak">How many windows in a row have been such as raise it.</param>
/// <param name="LastStart">Of the last of these windows.</param>
/// <param name="Raised">The alert that is raised; null when none is.</param>
public sealed record AlertWatch<TProcessor>(string Id, int Streak, DateTimeOffset? LastStart, string? Raised);

/// <summary>
/// What a processor would tell people. Whether it is told is decided elsewhere: a replay comes to the same candidates again, under the same ids.
/// </summary>
/// <param name="Id">Its place among all candidates: the event that brought it about, and which one of that event it is.</param>
/// <param name="Key">That of the window.</param>
/// <param name="Start">Of the window that has decided it.</param>
/// <param name="At">When it is so in event time: at the watermark.</param>
public sealed record AlertCandidate<TProcessor>(
    string Id, long Sequence, string Alert, string Rule, string Key, AlertChange Change, string Summary, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset At);

public enum AlertChange
{
    Raised,
    Cleared,
}
