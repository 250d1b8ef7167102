using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.History;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Wolverine.Http;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Monolith.Operations.Exploring;

/// <summary>From where on, and which events, an operator wants to follow.</summary>
[QueryParameters]
public sealed record FollowFilter(
    [property: Description("Events after this sequence; from now on when left out.")] long? After,
    [property: Description("Only events of this type, in all its versions: `OrderPlaced`, or `ordering.OrderPlaced` as it is stored.")] string? Type,
    string? StreamId,
    string? CorrelationId,
    [property: Description("Only events that this `sub` caused.")] string? Actor);

public static class FollowEventsEndpoint
{
    public static (ReadQuery, FollowFilter) Load(HttpContext http)
    {
        var query = new ReadQuery(http);
        var resumed = http.Request.Headers["Last-Event-ID"].ToString();
        query.Errors.Require(resumed.Length == 0 || IsNumber(resumed), "Last-Event-ID", "must be the id of an event of this stream");
        return (query, new FollowFilter(
            IsNumber(resumed) ? long.Parse(resumed, CultureInfo.InvariantCulture) : query.Sequence("after"),
            query.Value("type"), query.Value("streamId"), query.Value("correlationId"), query.Value("actor")));
    }

    public static ProblemDetails Validate(ReadQuery query) => query.Errors.ToProblem();

    /// <summary>
    /// The events of the whole log as server-sent events, oldest first, as they come: never beyond the safe mark, so none is missed and none comes twice.
    /// <c>id</c> is the sequence; <c>Last-Event-ID</c> resumes after it. The first message (<c>position</c>) says where it begins, so that also those miss nothing
    /// who are cut off before the first event.
    /// </summary>
    [WolverineGet("/admin/events/stream"), AllowStaffAnd]
    [ProducesResponseType<RecordedEvent>(StatusCodes.Status200OK, "text/event-stream")]
    public static async Task<IResult> Get(
        ReadQuery query, FollowFilter filter, LogTail tail, IQuerySession session, Masks masks, HttpContext http, IHostApplicationLifetime lifetime,
        IOptions<JsonOptions> json, CancellationToken cancellation)
    {
        var types = filter.Type is { } type ? await KnownEvents.Find(type, session, cancellation) : null;
        if (types is [])
        {
            return Results.Problem(new InputErrors().Add("type", "is no type of event; /admin/event-types lists them").ToProblem());
        }

        var search = new EventSearch(types, filter.StreamId, filter.CorrelationId, filter.Actor);
        var after = filter.After ?? await tail.End(cancellation);
        return new EventStreamResult(
            end => tail.Follow(search, after, EventStreamResult.Silence, end)
                .Select(page => string.Concat(page.Select(e => Text(LoggedEvents.Show(e, masks, http.User), json.Value))))
                .Prepend($"event: position\nid: {after}\ndata: {{\"sequence\":{after}}}\n\n"),
            lifetime.ApplicationStopping);
    }

    private static string Text(RecordedEvent e, JsonOptions json) => $"id: {e.Sequence}\ndata: {JsonSerializer.Serialize(e, json.SerializerOptions)}\n\n";

    private static bool IsNumber(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
