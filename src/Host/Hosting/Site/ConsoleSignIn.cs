using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Monolith.Kernel.Access;

namespace Monolith.Host.Hosting.Site;

/// <summary>
/// People sign in to the console with an OpenID Connect issuer (<c>Authentication:Schemes:OpenIdConnect</c>) and are known by a cookie afterwards, which
/// holds who they are and their roles, and nothing else.
/// </summary>
internal static class ConsoleSignIn
{
    public const string Scheme = "Console";
    public const string CookieName = "monolith-console";

    private static readonly TimeSpan Session = TimeSpan.FromHours(8);

    public static bool IsConfigured(IConfiguration configuration) =>
        configuration[$"Authentication:Schemes:{OpenIdConnectDefaults.AuthenticationScheme}:Authority"] is { Length: > 0 };

    public static AuthenticationBuilder AddConsoleSignIn(this AuthenticationBuilder authentication, IConfiguration configuration, bool isDevelopment)
    {
        authentication.AddCookie(Scheme, options =>
        {
            options.Cookie.Name = CookieName;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = isDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            options.ExpireTimeSpan = Session;
            options.SlidingExpiration = false;
            // An API answers; it does not send programs to a page.
            options.Events.OnRedirectToLogin = context => Answer(context.Response, StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = context => Answer(context.Response, StatusCodes.Status403Forbidden);
        });
        return IsConfigured(configuration) ? authentication.AddOpenIdConnect(options => Configure(options, isDevelopment)) : authentication;
    }

    private static void Configure(OpenIdConnectOptions options, bool isDevelopment)
    {
        options.SignInScheme = Scheme;
        options.CallbackPath = "/console/signed-in";
        options.RemoteSignOutPath = PathString.Empty;
        options.ResponseType = "code";
        options.ResponseMode = "query";
        options.MapInboundClaims = false;
        options.RequireHttpsMetadata &= !isDevelopment;
        options.TokenValidationParameters.NameClaimType = "sub";
        options.TokenValidationParameters.RoleClaimType = "role";
        foreach (var cookie in new[] { options.NonceCookie, options.CorrelationCookie })
        {
            // The answer comes by a link from the issuer's page, which Lax lets through; over plain HTTP browsers keep no cookie of None.
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = isDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        }

        options.Events.OnTokenValidated = context =>
        {
            context.Principal = Known(context.Principal!);
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect("/console/?signIn=failed");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    /// <summary>Issuers name the claim of roles <c>role</c> or <c>roles</c>.</summary>
    private static ClaimsPrincipal Known(ClaimsPrincipal signedIn)
    {
        var roles = signedIn.FindAll("role").Concat(signedIn.FindAll("roles")).Select(claim => claim.Value).Intersect(Role.All);
        return new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim("sub", signedIn.FindFirstValue("sub")!), .. roles.Select(role => new Claim("role", role))], Scheme, nameType: "sub", roleType: "role"));
    }

    private static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }
}
