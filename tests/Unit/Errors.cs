using Monolith.Kernel.Problems;

namespace Monolith.Unit;

internal static class Errors
{
    /// <summary>The fields that were complained about, sorted.</summary>
    public static IEnumerable<string> Of(InputErrors errors) =>
        errors.ToProblem().Extensions.TryGetValue("errors", out var fields) ? ((Dictionary<string, string[]>)fields!).Keys.Order(StringComparer.Ordinal) : [];
}
