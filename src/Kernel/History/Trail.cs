using Marten;
using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Access;
using Monolith.Kernel.Paging;

namespace Monolith.Kernel.History;

/// <summary>Answers with the events of one stream, oldest first, a page at a time.</summary>
public static class Trail
{
    public static async Task<IResult> Answer(
        string stream, string streamType, NumberedQuery query, IQuerySession session, Masks masks, HttpContext http, CancellationToken cancellation)
    {
        var events = await StreamEvents.Read(session, stream, query.AfterNumber, query.Limit + 1, cancellation);
        return Page.Answer(
            Page.Of([.. events.Select(e => RecordedEvent.Of(e, streamType, masks, http.User))], query.Limit, e => Cursor.Of(e.Version)), http);
    }
}
