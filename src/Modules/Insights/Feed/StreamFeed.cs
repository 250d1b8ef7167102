using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Monolith.Kernel.Access;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Insights.Feed;

public static class StreamFeedEndpoint
{
    private const int PageSize = 200;

    public static (FeedQuery, FeedRange) Load(HttpContext http) => FeedQuery.Read(http, resumes: true);

    public static ProblemDetails Validate(FeedQuery query) => query.Errors.ToProblem();

    /// <summary>
    /// The public events as server-sent events, oldest first, from the beginning or from a sequence on, as they come. <c>id</c> is epoch and sequence;
    /// <c>Last-Event-ID</c> resumes after it.
    /// </summary>
    [WolverineGet("/v1/events/stream"), AllowStaffAnd]
    [ProducesResponseType<CloudEvent>(StatusCodes.Status200OK, "text/event-stream")]
    public static async Task<IResult> Get(
        FeedQuery query, FeedRange range, FeedReader feed, IHostApplicationLifetime lifetime, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken cancellation)
    {
        var epoch = await feed.Epoch(cancellation);
        return await feed.Refuse(query, epoch, cancellation) is { } problem
            ? Results.Problem(problem)
            : new EventStreamResult(
                end => feed.Follow(query, PageSize, EventStreamResult.Silence, end)
                    .Select(page => string.Concat(page.Select(e => $"id: {epoch}.{e.Sequence}\ndata: {JsonSerializer.Serialize(e, json.Value.SerializerOptions)}\n\n"))),
                lifetime.ApplicationStopping);
    }
}
