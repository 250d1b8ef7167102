using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Monolith.Host.Hosting.Site;
using Monolith.Kernel.Access;

namespace Monolith.Host.Hosting;

/// <summary>
/// Bearer tokens of any OIDC issuer (<c>Authentication:Schemes:Bearer</c>), the cookie of the console; in Development, on loopback, also a user of its
/// own for requests without credentials.
/// </summary>
internal static class Security
{
    private const string Chosen = "Chosen";

    public static void AddSecurity(this IHostApplicationBuilder builder)
    {
        var developmentUser = builder.Environment.IsDevelopment() && builder.Configuration.GetValue("Security:DevelopmentUser", true);

        builder.Services
            .AddAuthentication(Chosen)
            .AddPolicyScheme(Chosen, displayName: null, options => options.ForwardDefaultSelector = http => http.Request switch
            {
                { Headers.Authorization.Count: > 0 } => JwtBearerDefaults.AuthenticationScheme,
                { Cookies: var cookies } when cookies.ContainsKey(ConsoleSignIn.CookieName) => ConsoleSignIn.Scheme,
                _ when developmentUser && DevelopmentUser.IsLocal(http) => DevelopmentUser.Scheme,
                _ => JwtBearerDefaults.AuthenticationScheme,
            })
            .AddScheme<AuthenticationSchemeOptions, DevelopmentUser>(DevelopmentUser.Scheme, configureOptions: null)
            .AddJwtBearer(options =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters.NameClaimType = "sub";
                options.TokenValidationParameters.RoleClaimType = "role";
                options.Events = new JwtBearerEvents { OnTokenValidated = Complete };
            })
            .AddConsoleSignIn(builder.Configuration, builder.Environment.IsDevelopment());
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.ViewerOrLoopback, policy => policy.RequireAssertion(context =>
                (context.Resource is HttpContext http && DevelopmentUser.IsLocal(http)) || Role.Staff.Any(context.User.IsInRole)));
    }

    /// <summary>Finds out who calls. The rate limit, which is per caller, comes next; it counts refused requests, too.</summary>
    public static void UseSignIn(this WebApplication app) => app.UseAuthentication().UseMiddleware<AntiforgeryMiddleware>();

    public static void UseAccessControl(this WebApplication app)
    {
        app.Use(RefuseBadCredentials);
        app.UseAuthorization();
    }

    /// <summary>Bad credentials are refused where none are needed, too: the caller believes to be somebody.</summary>
    private static Task RefuseBadCredentials(HttpContext http, RequestDelegate next) =>
        http.Request.Headers.Authorization.Count > 0 && http.User.Identity is not { IsAuthenticated: true }
            ? http.ChallengeAsync()
            : next(http);

    /// <summary>A token must say whose it is. Issuers name the claim of roles <c>role</c> or <c>roles</c>.</summary>
    private static Task Complete(TokenValidatedContext context)
    {
        if (string.IsNullOrEmpty(context.Principal?.Identity?.Name))
        {
            context.Fail("The token has no subject.");
        }

        if (context.Principal?.Identity is ClaimsIdentity identity)
        {
            identity.AddClaims([.. identity.FindAll("roles").Select(c => new Claim(identity.RoleClaimType, c.Value))]);
        }

        return Task.CompletedTask;
    }
}
