namespace Monolith.Console.Api;

/// <summary>A part of a collection.</summary>
/// <param name="Next">The cursor of the next part; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    public static readonly Page<T> Empty = new([], Next: null);
}

/// <summary>Builds the query of an address; what is null or empty is left out.</summary>
internal static class Query
{
    public static string With(string path, params (string Name, string? Value)[] values)
    {
        var given = values.Where(v => !string.IsNullOrWhiteSpace(v.Value)).Select(v => $"{v.Name}={Uri.EscapeDataString(v.Value!.Trim())}").ToList();
        return given is [] ? path : $"{path}?{string.Join('&', given)}";
    }
}
