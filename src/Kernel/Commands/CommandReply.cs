using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monolith.Kernel.Reading;

namespace Monolith.Kernel.Commands;

/// <summary>
/// The answer to a command that succeeded. It is complete before the commit, so that it can be kept beside the events and given
/// again to a client that repeats the command under the same <c>Idempotency-Key</c>.
/// </summary>
public sealed class CommandReply(int status, object body, EntityTag? tag = null, string? location = null) : IResult
{
    private string? json;

    public int Status => status;

    public string? Location => location;

    public string? ETag => tag?.ToString();

    public static CommandReply Ok(object body, EntityTag? tag = null) => new(StatusCodes.Status200OK, body, tag);

    public static CommandReply Created(string location, object body, EntityTag? tag = null) => new(StatusCodes.Status201Created, body, tag, location);

    public static CommandReply Accepted(string location, object body) => new(StatusCodes.Status202Accepted, body, tag: null, location);

    public string ToJson(HttpContext http) => json ??= JsonSerializer.Serialize(
        body, body.GetType(), http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);

    public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, status, ToJson(httpContext), ETag, location);

    internal static async Task Write(HttpContext http, int status, string json, string? etag, string? location)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.ETag = etag;
        http.Response.Headers.Location = location;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(json, http.RequestAborted);
    }
}
