using System.ComponentModel;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.History;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Operations.Exploring;

[QueryParameters]
public sealed record EventFilter(
    [property: Description("Only events of this type, in all its versions: `OrderPlaced`, or `ordering.OrderPlaced` as it is stored.")] string? Type,
    string? StreamId,
    string? CorrelationId,
    [property: Description("Only events that this `sub` caused.")] string? Actor,
    [property: Description("Recorded at this time or from this UTC day on.")] DateTimeOffset? From,
    [property: Description("Recorded before this time or UTC day.")] DateTimeOffset? To)
{
    public static EventFilter Read(ReadQuery query) => new(
        query.Value("type"), query.Value("streamId"), query.Value("correlationId"), query.Value("actor"), query.Time("from"), query.Time("to"));
}

public static class SearchEventsEndpoint
{
    public static (NumberedQuery, EventFilter) Load(HttpContext http)
    {
        var query = new NumberedQuery(http);
        return (query, EventFilter.Read(query));
    }

    public static ProblemDetails Validate(NumberedQuery query) => query.Errors.ToProblem();

    /// <summary>
    /// All events that fit everything that is given, archived ones too, newest first. The data of an event whose type this program does not know
    /// is shown as it is stored, to those who may see personal data.
    /// </summary>
    [WolverineGet("/admin/events"), AllowStaffAnd]
    [ProducesResponseType<Page<RecordedEvent>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        NumberedQuery query, EventFilter filter, IQuerySession session, Masks masks, HttpContext http, CancellationToken cancellation)
    {
        var types = filter.Type is { } type ? await KnownEvents.Find(type, session, cancellation) : null;
        if (types is [])
        {
            return Results.Problem(new InputErrors().Add("type", "is no type of event; /admin/event-types lists them").ToProblem());
        }

        var search = new EventSearch(types, filter.StreamId, filter.CorrelationId, filter.Actor, filter.From, filter.To);
        var events = await LoggedEvents.Read(session, search.Page(query.AfterNumber, query.Limit + 1), cancellation);
        return Page.Answer(Page.Of([.. events.Select(e => LoggedEvents.Show(e, masks, http.User))], query.Limit, e => Cursor.Of(e.Sequence)), http);
    }
}
