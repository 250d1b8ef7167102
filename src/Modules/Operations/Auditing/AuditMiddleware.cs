using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Monolith.Kernel;
using Monolith.Kernel.Problems;

namespace Monolith.Operations.Auditing;

/// <summary>
/// Records every attempt to do something under <c>/admin</c> before it can do anything, and how it was answered afterwards. It stands
/// between sign-in and access control: refused attempts count, and whoever has no name gets no further.
/// </summary>
public sealed class AuditMiddleware(RequestDelegate next, AuditLog log, TimeProvider time, ILogger<AuditMiddleware> logger)
{
    private static readonly PathString Administration = new("/admin");

    public async Task InvokeAsync(HttpContext http)
    {
        if (!IsCommand(http.Request))
        {
            await next(http);
        }
        else if (http.User.Identity is not { IsAuthenticated: true })
        {
            await http.ChallengeAsync();
        }
        else if (await Attempt(http) is { } problem)
        {
            await Results.Problem(problem).ExecuteAsync(http);
        }
        else
        {
            await next(http);
        }
    }

    private static bool IsCommand(HttpRequest request) =>
        request.Path.StartsWithSegments(Administration, StringComparison.OrdinalIgnoreCase) && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && !HttpMethods.IsOptions(request.Method);

    /// <returns>The answer, if the attempt cannot be recorded.</returns>
    private async Task<ProblemDetails?> Attempt(HttpContext http)
    {
        var reason = await AdminAction.ReadReason(http.Request);
        var attempted = AdminAction.Attempt(http, reason, Guid.CreateVersion7().ToString(), time.BusinessNow());
        try
        {
            await log.Append(attempted, http, http.RequestAborted);
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            logger.LogError(exception, "Cannot record {Action} of {Actor}, so it is not done", attempted.Action, attempted.Actor);
            return ProblemTypes.Unavailable.With("The attempt could not be recorded, so nothing was done.");
        }

        // When the answer is complete, whoever made it; no client waits for this.
        http.Response.OnCompleted(() => Finish(http, attempted.ActionId));
        return null;
    }

    private async Task Finish(HttpContext http, string actionId)
    {
        try
        {
            await log.Append(AdminAction.Outcome(http, actionId, time.BusinessNow()), http, CancellationToken.None);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The outcome of the admin action {Action} is not recorded", actionId);
        }
    }
}
