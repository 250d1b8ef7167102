using System.Net.Sockets;
using Monolith.Kernel.Problems;
using Npgsql;

namespace Monolith.Host.Hosting;

/// <summary>Every 4xx and 5xx is an RFC 9457 document with a type of ours, whoever produced it.</summary>
internal static class Problems
{
    /// <summary>PostgreSQL has ended a session that kept a transaction open and said nothing.</summary>
    private const string IdleInTransaction = "25P03";

    public static void AddProblems(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.Configure<ExceptionHandlerOptions>(options =>
        {
            options.StatusCodeSelector = StatusOf;
            // What the client did wrong is no error of this program.
            options.SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException;
        });
    }

    public static void UseProblems(this WebApplication app)
    {
        app.Use(RefuseLargeBodies);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }

    public static void MapProblemPages(this WebApplication app) => app.MapGet("/problems/{slug}", (string slug) =>
        ProblemTypes.All.FirstOrDefault(type => type.Slug == slug) is { } type
            ? Results.Content(Page(type), "text/html; charset=utf-8")
            : Results.NotFound()).AllowAnonymous().ExcludeFromDescription();

    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when IsUnavailability(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The database does not answer, says that it cannot at the moment, or has given up on a session that said nothing for too long.</summary>
    public static bool IsUnavailability(Exception exception) => exception switch
    {
        PostgresException { SqlState: ['5', '7' or '8', ..] or ['5', '3', ..] or ['0', '8', ..] } => true,
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable or IdleInTransaction } => true,
        PostgresException => false,
        NpgsqlException or SocketException or TimeoutException => true,
        _ when IsGone(exception) => true,
        { InnerException: { } inner } => IsUnavailability(inner),
        _ => false,
    };

    /// <summary>What the driver says of a connection that broke while nobody spoke over it.</summary>
    private static bool IsGone(Exception exception) => exception is InvalidOperationException { Source: nameof(Npgsql), Message: "Connection is not open" };

    private static Task RefuseLargeBodies(HttpContext http, RequestDelegate next) => http.Request.ContentLength > Api.LargestBody
        ? Results.Problem(ProblemTypes.BodyTooLarge.With($"{http.Request.ContentLength} bytes are more than {Api.LargestBody}.")).ExecuteAsync(http)
        : next(http);

    private static string Page(ProblemType type) =>
        $"""
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>{type.Title}</title>
        <body style="font-family: system-ui; max-width: 40rem; margin: 3rem auto; padding: 0 1rem">
        <h1>{type.Title}</h1><p>Type <code>{type.Uri}</code>, status {type.Status}</p><p>{type.Explanation.Replace("`", string.Empty, StringComparison.Ordinal)}</p>
        </body></html>
        """;
}
