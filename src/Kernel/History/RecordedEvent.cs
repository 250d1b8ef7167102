using System.Diagnostics;
using System.Security.Claims;
using JasperFx.Events;
using Monolith.Kernel.Access;

namespace Monolith.Kernel.History;

/// <summary>An event of the log with all that was recorded beside it.</summary>
/// <param name="Sequence">Its place in the log.</param>
/// <param name="Version">Its place in its stream, from 1.</param>
/// <param name="RecordedAt">When it was written; when it happened is in its data.</param>
/// <param name="Actor">The <c>sub</c> of who caused it.</param>
/// <param name="CausationId">The command or the message that it was recorded for.</param>
public sealed record RecordedEvent(
    long Sequence,
    string StreamId,
    string StreamType,
    long Version,
    string Type,
    string Module,
    DateTimeOffset RecordedAt,
    string? Actor,
    string? CorrelationId,
    string? CausationId,
    string? TraceId,
    object Data)
{
    public const string TraceHeader = "traceparent";

    /// <summary>The header of a request that has its correlation.</summary>
    public const string CorrelationHeader = "X-Correlation-ID";

    /// <param name="reader">Decides whether personal data is shown or masked.</param>
    public static RecordedEvent Of(IEvent e, string streamType, Masks masks, ClaimsPrincipal reader)
    {
        var name = EventName.Parse(e.EventTypeName);
        var causes = Cause.Parse(e.CausationId);
        return new RecordedEvent(
            e.Sequence, e.StreamKey!, streamType, e.Version, name.Type, name.Module, e.Timestamp, e.UserName, e.CorrelationId,
            causes is [.., var cause] ? cause.Id : null,
            TraceOf(e),
            masks.Show(e.Data, reader));
    }

    /// <summary>The W3C trace that it was recorded in.</summary>
    public static string? TraceOf(IEvent e) =>
        TraceOf(e.GetHeader(TraceHeader)?.ToString()) ?? (Cause.Parse(e.CausationId) is [var first, ..] ? TraceOf(first.Id) : null);

    private static string? TraceOf(string? traceParent) =>
        ActivityContext.TryParse(traceParent, traceState: null, out var context) ? context.TraceId.ToString() : null;
}
