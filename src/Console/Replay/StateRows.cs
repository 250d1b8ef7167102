using System.Globalization;
using System.Text.Json;
using Monolith.Console.Parts;

namespace Monolith.Console.Replay;

/// <summary>A value of a read model by its path, and what it was before the event.</summary>
internal sealed record StateRow(string Path, string Value, string? Before)
{
    public bool IsChanged => Before != Value;
}

/// <summary>Lays a read model out as a list of values, each compared with the state before.</summary>
internal static class StateRows
{
    public static IReadOnlyList<StateRow> Of(JsonElement state, JsonElement? before)
    {
        var old = before is { } b ? Leaves("", b).ToDictionary(leaf => leaf.Path, leaf => leaf.Value, StringComparer.Ordinal) : [];
        return [.. Leaves("", state).Select(leaf => new StateRow(leaf.Path, leaf.Value, old.GetValueOrDefault(leaf.Path)))];
    }

    private static IEnumerable<(string Path, string Value)> Leaves(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Leaves(path.Length == 0 ? m.Name : $"{path}.{m.Name}", m.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Leaves($"{path}[{index}]", item)),
        JsonValueKind.Null => [(path, "–")],
        JsonValueKind.String when value.TryGetDateTimeOffset(out var time) => [(path, Show.Local(time))],
        JsonValueKind.String => [(path, value.GetString()!)],
        JsonValueKind.Number => [(path, value.GetDecimal().ToString("#,0.######", CultureInfo.InvariantCulture))],
        _ => [(path, value.GetRawText())],
    };
}
