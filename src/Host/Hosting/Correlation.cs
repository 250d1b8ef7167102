using System.Diagnostics;
using Monolith.Kernel.History;
using Monolith.Kernel.Problems;

namespace Monolith.Host.Hosting;

/// <summary>
/// Accepts or makes the <c>X-Correlation-ID</c> of a request and returns it, and the trace with it. Messages and events take both
/// from the request.
/// </summary>
internal static class Correlation
{
    public const string Header = RecordedEvent.CorrelationHeader;
    private const int Longest = 128;

    public static void UseCorrelation(this WebApplication app) => app.Use(Correlate);

    private static Task Correlate(HttpContext http, RequestDelegate next)
    {
        var sent = http.Request.Headers[Header].ToString();
        var isUsable = sent.Length <= Longest && !sent.Any(c => c is < '!' or > '~');
        var id = isUsable && sent.Length > 0 ? sent : Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        http.Request.Headers[Header] = id;

        // On starting, because a handled failure clears the headers that were set before it.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[Header] = id;
            http.Response.Headers.TraceParent = Activity.Current?.Id;
            return Task.CompletedTask;
        });
        return isUsable
            ? next(http)
            : Results.Problem(new InputErrors().Add(Header, $"must have at most {Longest} visible ASCII characters").ToProblem()).ExecuteAsync(http);
    }
}
