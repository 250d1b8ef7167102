using Monolith.Host.Hosting.Site;

namespace Monolith.Host.Hosting;

/// <summary>The web console: static files, and what a browser needs beside the API to use it as somebody.</summary>
internal static class ConsoleSite
{
    private const string Root = "/console";
    private const string StartPage = "console/index.html";

    /// <summary>Everything comes from here, and nobody else shows it in a frame. WebAssembly is compiled, styles are set by components.</summary>
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void AddConsole(this WebApplicationBuilder builder)
    {
        // What is published stands beside the program; what is only built is found by a list of where it is.
        builder.WebHost.UseStaticWebAssets();
        builder.AddSharedKeys();
        builder.Services.AddAntiforgery(options =>
        {
            options.HeaderName = options.FormFieldName = ConsoleSession.AntiforgeryHeader;
            options.Cookie.Name = "monolith-antiforgery";
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
    }

    public static void MapConsole(this WebApplication app)
    {
        app.Use(Protect);
        app.MapStaticAssets().AllowAnonymous().DisableRateLimiting();
        // A page's address may end in a SKU with a dot in it; what begins with an underscore are files.
        app.MapFallbackToFile(Root, StartPage).AllowAnonymous().DisableRateLimiting();
        app.MapFallbackToFile(Root + "/{*page:regex(^[^_])}", StartPage).AllowAnonymous().DisableRateLimiting();
        app.MapConsoleSession(Root);
    }

    private static Task Protect(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase))
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
        }

        return next(http);
    }
}
