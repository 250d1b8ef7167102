using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Problems;

namespace Monolith.Host.Hosting;

/// <summary>
/// Writes every problem: gives those of libraries a type of ours and takes out what says more about this program than about the
/// request. It writes JSON whatever the client accepts, because a failure that cannot be read helps nobody.
/// </summary>
internal sealed partial class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = Ours(context.ProblemDetails, http.Response.StatusCode);
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable && http.Response.Headers.RetryAfter.Count == 0)
        {
            http.Response.Headers.RetryAfter = "2";
        }

        // For whoever keeps a record of how requests were answered.
        http.Features.Set(problem);
        http.Response.StatusCode = problem.Status!.Value;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", CancellationToken.None);
    }

    private static ProblemDetails Ours(ProblemDetails problem, int responseStatus)
    {
        if (problem.Type?.StartsWith("/problems/", StringComparison.Ordinal) == true)
        {
            return problem;
        }

        return JsonPath().Match(problem.Detail ?? string.Empty) is { Success: true } place
            ? ProblemTypes.MalformedJson.With("The body cannot be read.", Where(place.Groups["path"].Value))
            : Plain(ProblemTypes.ForStatus(problem.Status ?? responseStatus));
    }

    /// <summary>The field that cannot be read; nothing, when it is the body as a whole.</summary>
    private static IEnumerable<KeyValuePair<string, object?>> Where(string field) => field.Length == 0
        ? []
        : [KeyValuePair.Create("errors", (object?)new Dictionary<string, string[]> { [field] = ["cannot be read"] })];

    private static ProblemDetails Plain(ProblemType type) => type.With(type.Explanation);

    /// <summary>Where System.Text.Json stopped reading; its message names types of this program before that.</summary>
    [GeneratedRegex(@"Path: \$\.?(?<path>\S*) \| LineNumber", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JsonPath();
}
