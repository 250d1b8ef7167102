namespace Monolith.Insights.Streaming;

/// <summary>
/// What a window leaves to a later one of the same key when it becomes final. So the later one exists and is looked at even when nothing happens in it:
/// silence can be compared with what was before.
/// </summary>
/// <param name="By">How much later that one starts; a multiple of the windows' advance, and more than their size and grace, so that it cannot be there yet.</param>
/// <param name="Share">What is left to it; null for nothing.</param>
internal sealed record Carry<TState>(TimeSpan By, Func<TState, TState?> Share)
    where TState : class;
