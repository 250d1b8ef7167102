using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Access;

namespace Monolith.Kernel.Commands;

/// <summary>A client's key for one request, with what identifies it here: who sent it, to which route, with which body.</summary>
public sealed record IdempotencyKey(string Id, string RequestHash)
{
    public const string Header = "Idempotency-Key";

    public const int Longest = 255;

    /// <summary>Bodies are read twice, and never written to a file on the way.</summary>
    public const int InMemory = 256 * 1024;

    public static async Task<IdempotencyKey> Read(HttpContext http, string key)
    {
        http.Request.EnableBuffering(InMemory);
        var body = await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted);
        http.Request.Body.Position = 0;

        string[] scope = [http.User.Subject(), http.Request.Method, http.Request.Path.Value?.TrimEnd('/') ?? string.Empty, key];
        var id = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', scope)));
        return new IdempotencyKey(Convert.ToHexStringLower(id), Convert.ToHexStringLower(body));
    }
}
