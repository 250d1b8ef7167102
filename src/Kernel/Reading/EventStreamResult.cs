using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Monolith.Kernel.Reading;

/// <summary>
/// Server-sent events, written page by page until the client leaves or this node is about to. The framework's own cannot write comments, which
/// keep a quiet connection alive.
/// </summary>
/// <param name="pages">Messages as they go over the line, several at once; an empty page is a sign of life.</param>
/// <param name="stopping">When this node is about to stop. A client that stays comes again and goes on where it was.</param>
public sealed class EventStreamResult(Func<CancellationToken, IAsyncEnumerable<string>> pages, CancellationToken stopping) : IResult
{
    /// <summary>How long nothing may be said at most.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>How long one may follow without being asked again who one is: a client comes again, and goes on where it was, if it still may.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        using var longest = new CancellationTokenSource(Longest, httpContext.RequestServices.GetRequiredService<TimeProvider>());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping, longest.Token);
        try
        {
            await response.WriteAsync("retry: 1000\n\n", end.Token);
            await response.Body.FlushAsync(end.Token);
            await foreach (var page in pages(end.Token))
            {
                await response.WriteAsync(page.Length == 0 ? ": nothing new\n\n" : page, end.Token);
                await response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client has left, or this node is about to, or it is time to ask again.
        }
    }
}
