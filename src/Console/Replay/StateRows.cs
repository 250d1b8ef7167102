using System.Globalization;
using System.Text.Json;
using Monolith.Console.Parts;

namespace Monolith.Console.Replay;

/// <summary>A value of a read model by its path, and what it was before the event.</summary>
/// <param name="Value">Null where the event removed it.</param>
/// <param name="Before">Null where there was none.</param>
public sealed record StateRow(string Path, string? Value, string? Before, bool IsChanged);

/// <summary>Lays a read model out as a list of values, each compared with the state before; what is no longer there comes last.</summary>
internal static class StateRows
{
    public static IReadOnlyList<StateRow> Of(JsonElement state, JsonElement? before)
    {
        var old = before is { } b ? Leaves("", b).ToDictionary(leaf => leaf.Path, leaf => leaf.Value, StringComparer.Ordinal) : [];
        var rows = Leaves("", state).Select(leaf => Row(leaf.Path, leaf.Value, old.Remove(leaf.Path, out var was) ? was : null)).ToList();
        // Where nothing was, nothing is missed.
        var gone = old.Where(leaf => leaf.Value.ValueKind != JsonValueKind.Null);
        return [.. rows, .. gone.Select(leaf => new StateRow(leaf.Key, null, Text(leaf.Value), IsChanged: true))];
    }

    // Compared as they are, not as they are shown: two times can look alike.
    private static StateRow Row(string path, JsonElement now, JsonElement? was) => new(
        path, Text(now), was is { } w ? Text(w) : null, was is not { } old || !JsonElement.DeepEquals(old, now));

    private static IEnumerable<(string Path, JsonElement Value)> Leaves(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Leaves(path.Length == 0 ? m.Name : $"{path}.{m.Name}", m.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Leaves($"{path}[{index}]", item)),
        _ => [(path, value)],
    };

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "–",
        JsonValueKind.String => Show.Text(value),
        JsonValueKind.Number => value.GetDecimal().ToString("#,0.######", CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };
}
