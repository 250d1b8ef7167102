using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Monolith.Kernel.Paging;

/// <summary>One page of a collection. <c>next</c> is the cursor of the following page, null on the last one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

public static class Page
{
    /// <summary>Makes a page of rows that were read one beyond the limit: the surplus row says that there is more.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> oneMoreThanLimit, int limit, Func<T, Cursor> cursorOf) =>
        oneMoreThanLimit.Count > limit
            ? new Page<T>([.. oneMoreThanLimit.Take(limit)], cursorOf(oneMoreThanLimit[limit - 1]).ToString())
            : new Page<T>(oneMoreThanLimit, Next: null);

    public static IResult Answer<T>(Page<T> page, HttpContext http)
    {
        Announce(page, http);
        return Results.Json(page);
    }

    /// <summary>Announces the next page in the <c>Link</c> header (RFC 8288), with all other parameters kept.</summary>
    public static void Announce<T>(Page<T> page, HttpContext http)
    {
        if (page.Next is not null)
        {
            var query = QueryHelpers.ParseQuery(http.Request.QueryString.Value);
            query["cursor"] = page.Next;
            http.Response.Headers.Link = $"<{http.Request.Path}{QueryString.Create(query)}>; rel=\"next\"";
        }
    }
}
