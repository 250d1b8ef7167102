using System.Globalization;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Insights.Feed;

/// <summary>A page of the feed.</summary>
/// <param name="Next">The sequence to go on after when there is more already; null at the end of the log.</param>
/// <param name="Epoch">Which log the sequences are of.</param>
public sealed record FeedPage(IReadOnlyList<CloudEvent> Items, string? Next, string Epoch);

public static class ReadFeedEndpoint
{
    public static (FeedQuery, FeedRange) Load(HttpContext http) => FeedQuery.Read(http, resumes: false);

    public static ProblemDetails Validate(FeedQuery query) => query.Errors.ToProblem();

    /// <summary>The public events, oldest first. Whoever goes on after the last one that they got misses none and gets none twice.</summary>
    [WolverineGet("/v1/events"), AllowStaffAnd]
    [ProducesResponseType<FeedPage>(StatusCodes.Status200OK), Asynchronous]
    public static async Task<IResult> Get(
        FeedQuery query, FeedRange range, FeedReader feed, IQuerySession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var epoch = await feed.Epoch(cancellation);
        if (await feed.Refuse(query, epoch, cancellation) is { } problem)
        {
            return Results.Problem(problem);
        }

        if (await Freshness.AwaitMark(session, query.MinSequence, http, time, cancellation) is { } behind)
        {
            return behind;
        }

        var (events, _) = await feed.Read(query.Types, query.After, query.Limit + 1, cancellation);
        var next = events.Count > query.Limit ? events[query.Limit - 1].Sequence : null;
        if (next is not null)
        {
            Announce(next, http);
        }

        return Results.Json(new FeedPage([.. events.Take(query.Limit)], next, epoch));
    }

    private static void Announce(string next, HttpContext http)
    {
        var query = QueryHelpers.ParseQuery(http.Request.QueryString.Value);
        query.Remove("cursor");
        query["after"] = next;
        http.Response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"<{http.Request.Path}{QueryString.Create(query)}>; rel=\"next\"");
    }
}
