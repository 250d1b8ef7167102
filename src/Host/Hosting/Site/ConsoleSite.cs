using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.FileProviders;
using Monolith.Host.Hosting.Site;

namespace Monolith.Host.Hosting;

/// <summary>The web console: static files, and what a browser needs beside the API to use it as somebody.</summary>
internal static partial class ConsoleSite
{
    private const string Root = "/console";
    private const string StartPage = "console/index.html";

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
        var policy = ContentPolicy(app.Environment.WebRootFileProvider.GetFileInfo(StartPage));
        app.Use((http, next) => Protect(http, policy, next));
        app.MapStaticAssets().AllowAnonymous().DisableRateLimiting();
        // A page's address may end in a SKU with a dot in it; what begins with an underscore are files.
        app.MapFallbackToFile(Root, StartPage).AllowAnonymous().DisableRateLimiting();
        app.MapFallbackToFile(Root + "/{*page:regex(^[^_])}", StartPage).AllowAnonymous().DisableRateLimiting();
        app.MapConsoleSession(Root);
    }

    /// <summary>
    /// Everything comes from here, and nobody else shows it in a frame. WebAssembly is compiled, styles are set by components. One script stands in the
    /// start page itself, the map of the files' names, which the build writes.
    /// </summary>
    private static string ContentPolicy(IFileInfo startPage)
    {
        var scripts = startPage.Exists ? InlineScripts().Matches(Text(startPage)).Select(script => $" 'sha256-{Hash(script.Groups["text"].Value)}'") : [];
        return $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{string.Concat(scripts)}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }

    private static string Text(IFileInfo file)
    {
        using var reader = new StreamReader(file.CreateReadStream());
        return reader.ReadToEnd();
    }

    private static string Hash(string script) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

    [GeneratedRegex(@"<script type=""importmap"">(?<text>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InlineScripts();

    private static Task Protect(HttpContext http, string policy, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal))
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
        }

        return next(http);
    }
}
