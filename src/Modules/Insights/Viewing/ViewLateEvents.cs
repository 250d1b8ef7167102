using System.Xml;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Insights.Streaming;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Insights.Viewing;

/// <summary>An event whose time did not fit.</summary>
/// <param name="Window">The window that was final already; null for an event of the future.</param>
/// <param name="EventTime">The time that the event says.</param>
/// <param name="Lateness">ISO 8601 duration: how far it was behind the watermark when it came; negative, how far in the future it said it was.</param>
public sealed record LateEventView(long Sequence, Misfit Reason, LateWindow? Window, DateTimeOffset EventTime, string Lateness)
{
    internal static LateEventView Of<TProcessor>(LateEvent<TProcessor> e) => new(
        e.Sequence, e.Reason,
        e is { Key: { } key, Start: { } start, End: { } end } ? new LateWindow(key, start, end) : null,
        e.EventTime, XmlConvert.ToString(e.TakenAs - e.EventTime));
}

public sealed record LateWindow(string Key, DateTimeOffset Start, DateTimeOffset End);

public static class ViewLateEventsEndpoint
{
    public static CollectionQuery Load(HttpContext http) => new(http);

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>The events that came too late for a window of a processor, or that said they were of the future; the latest of the log first.</summary>
    [WolverineGet("/v1/insights/{name}/late"), AllowStaffAnd]
    [ProducesResponseType<Page<LateEventView>>(StatusCodes.Status200OK), Asynchronous]
    public static async Task<IResult> Get(
        string name, CollectionQuery query, IQuerySession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        if (Processors.Find(name) is not { } insight)
        {
            return Processors.NoneOf(name);
        }

        return await Freshness.Await(session, name, query.MinSequence, http, time, cancellation)
            ?? Page.Answer(await insight.Late(session, query, cancellation), http);
    }
}
