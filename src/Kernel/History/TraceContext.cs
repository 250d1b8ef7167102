namespace Monolith.Kernel.History;

/// <summary>A W3C trace context: <c>00-{trace}-{span}-{flags}</c>.</summary>
public static class TraceContext
{
    private const int TraceLength = 32;

    /// <returns>The trace's id; null when the text is not a trace context.</returns>
    public static string? TraceOf(string? text) =>
        text?.Split('-') is [_, { Length: TraceLength } trace, _, _] ? trace : null;
}
