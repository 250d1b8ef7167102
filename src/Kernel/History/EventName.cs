namespace Monolith.Kernel.History;

/// <summary>
/// The stored name of an event: <c>ordering.OrderCancelled</c>, and with another shape later <c>ordering.OrderCancelled.v2</c>. People see
/// the type, whatever its version.
/// </summary>
/// <param name="Module">In lower case.</param>
public readonly record struct EventName(string Module, string Type, int Version)
{
    public static EventName Parse(string stored) => stored.Split('.') switch
    {
        [var module, var type, ['v', .. var number]] when int.TryParse(number, out var version) => new(module, type, version),
        [var module, var type] => new(module, type, Version: 1),
        _ => new(Module: "", stored, Version: 1),
    };

    /// <summary>The stored names of a type of event in this version and in all before.</summary>
    public static IEnumerable<string> AllVersions(string stored)
    {
        var (module, type, version) = Parse(stored);
        return Enumerable.Range(2, version - 1).Select(v => $"{module}.{type}.v{v}").Append(module.Length == 0 ? type : $"{module}.{type}");
    }
}
