using JasperFx.Events.Daemon;

namespace Monolith.Operations.Projections;

/// <summary>Why a shard stopped, in words for operators: the daemon keeps an exception as it prints itself.</summary>
internal static class ShardError
{
    public static string Describe(EventFailureDetails? culprit, string? exception) => culprit is null
        ? WithoutStackTrace(exception)
        : $"Event {culprit.Sequence} ({culprit.EventTypeName}): {WithoutStackTrace(exception)}";

    public static string WithoutStackTrace(string? exception) => string.Join(
        ' ',
        (exception ?? "stopped after an error").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(line => !line.StartsWith("at ", StringComparison.Ordinal)));
}
