using System.Diagnostics;
using Monolith.Kernel.Problems;

namespace Monolith.Host.Hosting;

/// <summary>
/// Accepts or makes the <c>X-Correlation-ID</c> of a request and returns it, and the trace with it. Messages and events take both
/// from the request.
/// </summary>
internal static class Correlation
{
    public const string Header = "X-Correlation-ID";
    private const int Longest = 128;

    public static void UseCorrelation(this WebApplication app) => app.Use(Correlate);

    private static Task Correlate(HttpContext http, RequestDelegate next)
    {
        var id = http.Request.Headers[Header].ToString();
        if (id.Length > Longest || id.Any(c => c is < '!' or > '~'))
        {
            var errors = new InputErrors().Add(Header, $"must have at most {Longest} visible ASCII characters");
            return Results.Problem(errors.ToProblem()).ExecuteAsync(http);
        }

        if (id.Length == 0)
        {
            id = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
            http.Request.Headers[Header] = id;
        }

        // On starting, because a handled failure clears the headers that were set before it.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[Header] = id;
            http.Response.Headers.TraceParent = Activity.Current?.Id;
            return Task.CompletedTask;
        });
        return next(http);
    }
}
