using JasperFx.Events.Daemon;

namespace Monolith.Operations.Projections;

/// <summary>Why a shard stopped, in words for operators: the daemon keeps an exception as it prints itself.</summary>
internal static class ShardError
{
    private static readonly string[] Interruptions = [typeof(OperationCanceledException).FullName!, typeof(TaskCanceledException).FullName!];

    /// <summary>
    /// Whether it was only told to stop, for all that is known: in the middle of reading, the daemon takes its own cancellation for a failure, of which
    /// a stop soon afterwards leaves nothing but that there was one.
    /// </summary>
    public static bool IsInterruption(ShardFailure? failure, string? exception) =>
        failure is { Category: ShardFailureCategory.Other, Event: null }
        && (exception is null || Interruptions.Any(type => exception.StartsWith($"{type}:", StringComparison.Ordinal)));

    public static string Describe(EventFailureDetails? culprit, string? exception) => culprit is null
        ? WithoutStackTrace(exception)
        : $"Event {culprit.Sequence} ({culprit.EventTypeName}): {WithoutStackTrace(exception)}";

    public static string WithoutStackTrace(string? exception) => string.Join(
        ' ',
        (exception ?? "stopped after an error").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(line => !line.StartsWith("at ", StringComparison.Ordinal)));
}
