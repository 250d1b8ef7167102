using Microsoft.AspNetCore.Http;

namespace Monolith.Kernel.Reading;

/// <summary>Answers a GET of one resource with its <c>ETag</c>, or with 304 when the client has it already.</summary>
public sealed class Representation(object body, EntityTag tag) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ETag = tag.ToString();
        httpContext.Response.Headers.CacheControl = "private, no-cache";
        httpContext.Response.Headers.Vary = "Authorization, Cookie";
        if (tag.IsKnownTo(httpContext.Request))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return httpContext.Response.WriteAsJsonAsync(body, body.GetType(), httpContext.RequestAborted);
    }
}
