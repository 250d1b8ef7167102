using Microsoft.AspNetCore.Antiforgery;
using Monolith.Kernel.Problems;

namespace Monolith.Host.Hosting.Site;

/// <summary>
/// A browser sends its cookie whoever made it send the request. So a command by cookie carries a token, too, which only a page of this site
/// can have read.
/// </summary>
internal sealed class AntiforgeryMiddleware(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.User.Identity?.AuthenticationType == ConsoleSignIn.Scheme && !IsSafe(http.Request.Method) && !await antiforgery.IsRequestValidAsync(http))
        {
            await Results.Problem(ProblemTypes.AntiforgeryTokenMissing.With("Read `/console/session` again and send its token.")).ExecuteAsync(http);
            return;
        }

        await next(http);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
