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

    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"];

    /// <summary>
    /// True for a client on this machine itself. One behind a proxy on this machine is not local, nor is a page of another site in a
    /// browser on this machine: it shows by its <c>Origin</c>, or by a host name that only pretends to be this machine.
    /// </summary>
    public static bool IsLocal(HttpContext http) =>
        (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && !Array.Exists(ProxyHeaders, http.Request.Headers.ContainsKey)
        && IsLoopbackName(http.Request.Host.Host)
        && (http.Request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var site) && IsLoopbackName(site.Host)));

    private static bool IsLoopbackName(string host) =>
        host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var identity = new ClaimsIdentity(
            [new Claim("sub", Name), .. Role.All.Select(role => new Claim("role", role))], Scheme, nameType: "sub", roleType: "role");
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }
}
