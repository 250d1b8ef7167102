using System.Text.Json;
using Monolith.Console.Parts;
using Monolith.Console.Session;

namespace Monolith.Console.Insights;

internal sealed record InsightView(
    string Name, string Kind, string? Size, string? Advance, string? Gap, string Grace, DateTimeOffset? Watermark, double LagSeconds, long Late, long Clamped);

/// <param name="Value">What it is depends on the processor.</param>
internal sealed record WindowView(string Key, DateTimeOffset Start, DateTimeOffset End, JsonElement Value, int Revision, bool IsFinal)
{
    /// <summary>A number of its value; 0 where it has none of this name.</summary>
    public double Number(string name) => Value.TryGetProperty(name, out var n) && n.ValueKind == JsonValueKind.Number ? n.GetDouble() : 0;

    public string Text(string name) => Value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : string.Empty;
}

internal sealed record LateEventView(long Sequence, string Reason, LateWindow? Window, DateTimeOffset EventTime, string Lateness);

internal sealed record LateWindow(string Key, DateTimeOffset Start, DateTimeOffset End);

internal sealed record AlertView(
    string Id, string Rule, string Processor, string Key, string State, string Summary, bool IsRetroactive, DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt,
    DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, string? Note)
{
    public Command Acknowledge => new("Acknowledge", $"v1/alerts/{Id}/acknowledgement", [Role.Operator],
        $"{Summary} Says that somebody takes care of it.", new Field("note", "Note"));
}
