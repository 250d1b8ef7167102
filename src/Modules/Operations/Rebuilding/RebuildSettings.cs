using Microsoft.Extensions.Configuration;

namespace Monolith.Operations.Rebuilding;

/// <summary>The settings <c>Operations:Rebuild:…</c>.</summary>
/// <param name="Parallelism">How many parts of the log are replayed at the same time, where the order of streams allows it.</param>
/// <param name="KeepPreviousFor">How long the generation stays that was replaced, for a rollback.</param>
public sealed record RebuildSettings(int Parallelism, TimeSpan KeepPreviousFor)
{
    private static readonly TimeSpan OneWeek = TimeSpan.FromDays(7);

    public static RebuildSettings Of(IConfiguration configuration) => new(
        configuration.GetValue("Operations:Rebuild:Parallelism", Math.Clamp(Environment.ProcessorCount, 1, 4)),
        configuration.GetValue("Operations:Rebuild:KeepPreviousFor", OneWeek));
}
