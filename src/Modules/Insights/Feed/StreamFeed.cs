using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Monolith.Kernel.Access;
using Wolverine.Http;

namespace Monolith.Insights.Feed;

public static class StreamFeedEndpoint
{
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
            : new EventStream(feed, query, epoch, json.Value.SerializerOptions, lifetime.ApplicationStopping);
    }

    /// <summary>The framework's server-sent events cannot write comments, which keep a quiet connection alive.</summary>
    private sealed class EventStream(
        FeedReader feed, FeedQuery query, string epoch, JsonSerializerOptions json, CancellationToken stopping) : IResult
    {
        private const int PageSize = 200;

        private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache";
            using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
            try
            {
                await response.WriteAsync("retry: 1000\n\n", end.Token);
                await response.Body.FlushAsync(end.Token);
                await foreach (var page in feed.Follow(query, PageSize, Silence, end.Token))
                {
                    await response.WriteAsync(page.Count == 0 ? ": nothing new\n\n" : string.Concat(page.Select(Text)), end.Token);
                    await response.Body.FlushAsync(end.Token);
                }
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The client has left, or this node is about to; a client that stays comes again and goes on where it was.
            }
        }

        private string Text(CloudEvent e) => $"id: {epoch}.{e.Sequence}\ndata: {JsonSerializer.Serialize(e, json)}\n\n";
    }
}
