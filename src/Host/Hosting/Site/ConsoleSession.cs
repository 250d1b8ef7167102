using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Monolith.Kernel.Access;

namespace Monolith.Host.Hosting.Site;

/// <summary>Who uses the console, and where.</summary>
/// <param name="Name">Null when nobody is signed in.</param>
/// <param name="Environment">Where this is, for the banner.</param>
/// <param name="SignIn">Where to sign in; null where that is not configured.</param>
/// <param name="SignOut">Whether there is something to sign out of.</param>
/// <param name="AntiforgeryToken">What a command by cookie carries in <c>X-Antiforgery</c>.</param>
internal sealed record ConsoleSession(
    string? Name, IReadOnlyList<string> Roles, string Environment, string Version, string? SignIn, bool SignOut, string AntiforgeryToken)
{
    public const string AntiforgeryHeader = "X-Antiforgery";

    private static readonly string ProgramVersion = typeof(ConsoleSession).Assembly.GetName().Version!.ToString(3);

    public static ConsoleSession Of(HttpContext http, string environment, string? signIn, string antiforgeryToken)
    {
        var user = http.User;
        return new ConsoleSession(
            user.Identity?.Name, [.. Role.All.Where(user.IsInRole)], environment, ProgramVersion, signIn,
            user.Identity?.AuthenticationType == ConsoleSignIn.Scheme, antiforgeryToken);
    }
}

internal static class ConsoleSessionEndpoints
{
    /// <summary>Beside the console's pages: <c>session</c>, <c>sign-in</c> and <c>sign-out</c>.</summary>
    public static void MapConsoleSession(this WebApplication app, string root)
    {
        var signIn = ConsoleSignIn.IsConfigured(app.Configuration) ? $"{root}/sign-in" : null;
        var environment = app.Configuration.GetValue("Console:Environment", app.Environment.EnvironmentName)!;
        app.MapGet($"{root}/session", (HttpContext http, IAntiforgery antiforgery) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            if (http.User.Identity is not { IsAuthenticated: true } && http.Request.Cookies.ContainsKey(ConsoleSignIn.CookieName))
            {
                // It has expired, or is of another installation at this address. Whoever comes without it may be somebody.
                http.Response.Cookies.Delete(ConsoleSignIn.CookieName);
                return Results.LocalRedirect($"{root}/session");
            }

            return Results.Json(ConsoleSession.Of(http, environment, signIn, antiforgery.GetAndStoreTokens(http).RequestToken!));
        }).AllowAnonymous().ExcludeFromDescription();

        if (signIn is not null)
        {
            app.MapGet(signIn, (string? returnTo) => Results.Challenge(
                new AuthenticationProperties { RedirectUri = IsOurs(returnTo, root) ? returnTo : $"{root}/" },
                [OpenIdConnectDefaults.AuthenticationScheme])).AllowAnonymous().ExcludeFromDescription();
            app.MapPost($"{root}/sign-out", () => Results.SignOut(
                new AuthenticationProperties { RedirectUri = $"{root}/" }, [ConsoleSignIn.Scheme])).AllowAnonymous().ExcludeFromDescription();
        }
    }

    /// <summary>Nobody is sent from here to another site.</summary>
    private static bool IsOurs(string? path, string root) =>
        path?.StartsWith($"{root}/", StringComparison.Ordinal) == true && !path.Contains('\\', StringComparison.Ordinal);
}
