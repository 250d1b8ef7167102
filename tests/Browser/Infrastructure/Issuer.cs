using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Monolith.Browser.Infrastructure;

/// <summary>An OpenID Connect issuer whose sign-in page asks nothing but which role one has.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    private const string ClientId = "console";

    private static readonly string[] Roles = ["viewer", "operator", "support", "customer"];

    private readonly RSA rsa = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Role, string Nonce)> codes = new(StringComparer.Ordinal);
    private readonly WebApplication app;

    private Issuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = Authority,
            ["authorization_endpoint"] = $"{Authority}/authorize",
            ["token_endpoint"] = $"{Authority}/token",
            ["jwks_uri"] = $"{Authority}/keys",
            ["response_types_supported"] = new[] { "code" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        });
        app.MapGet("/keys", () =>
        {
            var key = rsa.ExportParameters(includePrivateParameters: false);
            return new { keys = new[] { new { kty = "RSA", use = "sig", kid = "only", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } };
        });
        app.MapGet("/authorize", SignInPage);
        app.MapPost("/token", async (HttpRequest request) => Tokens(codes[(await request.ReadFormAsync())["code"].ToString()]));
    }

    /// <summary>What a node needs to trust this issuer.</summary>
    public (string, string)[] Settings =>
    [
        ("Authentication__Schemes__OpenIdConnect__Authority", Authority), ("Authentication__Schemes__OpenIdConnect__ClientId", ClientId),
        ("Authentication__Schemes__OpenIdConnect__ClientSecret", "not-asked-for"), ("Authentication__Schemes__OpenIdConnect__RequireHttpsMetadata", "false"),
    ];

    private string Authority => app.Urls.First();

    public static async Task<Issuer> Start()
    {
        var issuer = new Issuer();
        await issuer.app.StartAsync();
        return issuer;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }

    private IResult SignInPage(string redirect_uri, string state, string nonce)
    {
        var links = Roles.Select(role =>
        {
            var code = Guid.NewGuid().ToString("N");
            codes[code] = (role, nonce);
            return $"<a href='{redirect_uri}?code={code}&state={Uri.EscapeDataString(state)}'>{role}</a>";
        });
        return Results.Content($"<!doctype html><title>Issuer</title>{string.Join(' ', links)}", "text/html");
    }

    private object Tokens((string Role, string Nonce) granted)
    {
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Authority,
            Audience = ClientId,
            Subject = new ClaimsIdentity([new Claim("sub", $"some-{granted.Role}"), new Claim("nonce", granted.Nonce), new Claim("roles", granted.Role)]),
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "only" }, SecurityAlgorithms.RsaSha256),
        });
        return new { id_token = token, access_token = "none", token_type = "Bearer" };
    }
}
