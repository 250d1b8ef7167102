using System.Text.Json;

namespace Monolith.Simulator;

internal static class ProblemText
{
    private const int Longest = 400;
    private static readonly string[] Members = ["title", "detail", "type", "errors", "traceId"];

    /// <summary>What a person needs of problem details, in one line; any other body as it is, shortened.</summary>
    public static string Of(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return string.Join(", ", Members.Where(name => json.RootElement.TryGetProperty(name, out _)).Select(name => $"{name}: {json.RootElement.GetProperty(name)}"));
        }
        catch (JsonException)
        {
            // Not JSON: shown as text.
        }

        return body.Length <= Longest ? body : body[..Longest] + "…";
    }
}
