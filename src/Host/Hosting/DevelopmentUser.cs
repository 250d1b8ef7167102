using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Monolith.Kernel.Access;

namespace Monolith.Host.Hosting;

/// <summary>Signs requests without credentials in as <c>dev</c> with every role, so that a first <c>curl</c> works.</summary>
internal sealed class DevelopmentUser(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Development";

    public const string Name = "dev";

    /// <summary>True for a client on this machine itself; one behind a proxy on this machine is not local.</summary>
    public static bool IsLocal(HttpContext http) =>
        (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && !http.Request.Headers.ContainsKey("X-Forwarded-For")
        && !http.Request.Headers.ContainsKey("Forwarded");

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var identity = new ClaimsIdentity(
            [new Claim("sub", Name), .. Role.All.Select(role => new Claim("role", role))], Scheme, nameType: "sub", roleType: "role");
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }
}
