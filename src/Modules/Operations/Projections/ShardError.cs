using JasperFx.Events.Daemon;

namespace Monolith.Operations.Projections;

/// <summary>Why a shard stopped, in words for operators: the daemon keeps an exception as it prints itself.</summary>
internal static class ShardError
{
    private static readonly string[] Interruptions = [typeof(OperationCanceledException).FullName!, typeof(TaskCanceledException).FullName!];

    /// <returns>
    /// Null when it was only told to stop: in the middle of reading, the daemon takes its own cancellation for a failure, of which a stop
    /// soon afterwards leaves only that there was one.
    /// </returns>
    public static string? Describe(EventFailureDetails? culprit, string? exception) => (culprit, exception) switch
    {
        (null, null) => null,
        (null, _) when Interruptions.Any(type => exception.StartsWith($"{type}:", StringComparison.Ordinal)) => null,
        (null, _) => WithoutStackTrace(exception),
        _ => $"Event {culprit.Sequence} ({culprit.EventTypeName}): {WithoutStackTrace(exception)}",
    };

    public static string WithoutStackTrace(string? exception) => string.Join(
        ' ',
        (exception ?? "stopped after an error").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(line => !line.StartsWith("at ", StringComparison.Ordinal)));
}
