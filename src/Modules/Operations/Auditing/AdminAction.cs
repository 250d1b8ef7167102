using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Monolith.Contracts.Operations;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.History;

namespace Monolith.Operations.Auditing;

/// <summary>What the audit says of a request and of its answer.</summary>
internal static class AdminAction
{
    /// <summary>In characters. Commands take shorter reasons; a refused one may have any.</summary>
    private const int Longest = 500;

    private const string Separator = "/";

    public static AdminActionAttempted Attempt(HttpContext http, string? reason, string actionId, DateTimeOffset now)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern;
        var values = route?.Parameters.Select(p => Convert.ToString(http.Request.RouteValues[p.Name], CultureInfo.InvariantCulture)).OfType<string>().ToArray();
        return new AdminActionAttempted(
            actionId, http.User.Subject(), [.. Role.All.Where(http.User.IsInRole)],
            Legible($"{http.Request.Method} {route?.RawText ?? http.Request.Path.Value}"),
            values is { Length: > 0 } ? Legible(string.Join(Separator, values)) : null,
            reason, http.Request.Headers[RecordedEvent.CorrelationHeader], now);
    }

    public static AdminActionFinished Outcome(HttpContext http, string actionId, DateTimeOffset now)
    {
        var status = http.Response.StatusCode;
        return new AdminActionFinished(
            actionId,
            status,
            status >= StatusCodes.Status400BadRequest ? http.Features.Get<ProblemDetails>()?.Type : null,
            status == StatusCodes.Status202Accepted ? http.Response.Headers.Location : (string?)null,
            http.Features.Get<IdempotentReply>() is not null,
            now);
    }

    /// <summary>The reason in the body, which is left to be read again. Nothing else of the body is kept.</summary>
    public static async Task<string?> ReadReason(HttpRequest request)
    {
        request.EnableBuffering(IdempotencyKey.InMemory);
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return ReasonIn(body.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            request.Body.Position = 0;
        }
    }

    /// <summary>As the commands find it: in whatever case, and the last one if there are several.</summary>
    internal static string? ReasonIn(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        try
        {
            var reason = body.EnumerateObject().LastOrDefault(member => string.Equals(member.Name, "reason", StringComparison.OrdinalIgnoreCase)).Value;
            return reason.ValueKind == JsonValueKind.String ? Legible(reason.GetString()!) : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON, but no text.
            return null;
        }
    }

    /// <summary>Cut, and without what the database cannot keep.</summary>
    private static string Legible(string text) => text
        .EnumerateRunes().Take(Longest)
        .Aggregate(new StringBuilder(), (kept, rune) => kept.Append(rune.Value == 0 ? Rune.ReplacementChar : rune)).ToString();
}
