using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;

namespace Monolith.Scenarios.Infrastructure;

/// <summary>Bearer tokens of an issuer that the tests' applications trust.</summary>
public static class Tokens
{
    private const string Issuer = "tests";
    private const string Audience = "monolith";

    private static readonly byte[] Key = [.. Enumerable.Range(1, 64).Select(n => (byte)n)];

    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Authentication:Schemes:Bearer:ValidIssuer"] = Issuer,
        ["Authentication:Schemes:Bearer:ValidAudience"] = Audience,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Issuer"] = Issuer,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Value"] = Convert.ToBase64String(Key),
    };

    public static string For(string subject, params string[] roles) => new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(
        Issuer, Audience,
        [new Claim("sub", subject), .. roles.Select(role => new Claim("role", role))],
        expires: DateTime.UtcNow.AddHours(1),
        signingCredentials: new SigningCredentials(new SymmetricSecurityKey(Key), SecurityAlgorithms.HmacSha256)));
}
