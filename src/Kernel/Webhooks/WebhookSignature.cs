using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monolith.Kernel.Webhooks;

/// <summary>
/// Signatures as the Standard Webhooks specification has them: <c>v1,</c> and base64 of HMAC-SHA256 over <c>id.timestamp.body</c>,
/// several separated by blanks while the sender changes its key.
/// </summary>
public static class WebhookSignature
{
    private const string Version = "v1,";
    private const string SecretPrefix = "whsec_";
    private const int LongestId = 200;

    /// <summary>How far a timestamp may be off, so that an old request cannot be sent again by a third party.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether the request was made by a holder of one of the secrets, and just now.</summary>
    public static bool IsGood(
        IEnumerable<string> secrets, string id, string timestamp, string signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (id.Length is 0 or > LongestId
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
        {
            return false;
        }

        // Every pair is compared, so that the time taken says nothing about which one was close.
        var good = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(Sign(secret, id, timestamp, body));
            foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                good |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
            }
        }

        return good;
    }

    /// <summary>The value of the header <c>webhook-signature</c>.</summary>
    public static string Sign(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, KeyOf(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return Version + Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary><c>whsec_</c> and the base64 of a key.</summary>
    public static bool IsSecret(string secret) =>
        secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
        && Convert.TryFromBase64String(secret[SecretPrefix.Length..], new byte[secret.Length], out var length)
        && length > 0;

    private static byte[] KeyOf(string secret) => Convert.FromBase64String(secret[SecretPrefix.Length..]);
}
