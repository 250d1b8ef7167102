using System.Security.Cryptography;
using System.Text;

namespace Monolith.Simulator;

/// <summary>What the payment provider signs its reports with, as Standard Webhooks says.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";

    /// <summary>The secret that is given, or else the one that the app keeps on this machine in Development; null if there is none.</summary>
    public static string? Find(string? given) => given ?? Kept();

    /// <summary>Why there is no secret to sign with, or null.</summary>
    public static string? Error(string? given) => Find(given) switch
    {
        null => "There is no .local/webhook-secret beside Monolith.sln: start the app once in Development, or give its secret as --webhook-secret.",
        var secret when !IsSecret(secret) => $"{(given is null ? ".local/webhook-secret" : "--webhook-secret")} must be {Prefix} and base64.",
        _ => null,
    };

    /// <summary>The value of the header <c>webhook-signature</c>.</summary>
    public static string Sign(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        var key = Convert.FromBase64String(secret[Prefix.Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
    }

    private static bool IsSecret(string secret) => secret.StartsWith(Prefix, StringComparison.Ordinal) && secret.Length > Prefix.Length
        && Convert.TryFromBase64String(secret[Prefix.Length..], new byte[secret.Length], out _);

    private static string? Kept()
    {
        try
        {
            return new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory }
                .Select(Root).OfType<string>().Select(root => Path.Combine(root, ".local", "webhook-secret")).FirstOrDefault(File.Exists) is { } file
                ? File.ReadAllText(file).Trim()
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Root(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Monolith.sln"))) return folder.FullName;
        }

        return null;
    }
}
