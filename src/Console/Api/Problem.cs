using System.Net.Http.Json;
using System.Text.Json;

namespace Monolith.Console.Api;

/// <summary>Why the server did not do what it was asked to (RFC 9457).</summary>
/// <param name="Errors">What is wrong with the input, by field.</param>
public sealed record Problem(
    string? Type, string Title, int Status, string? Detail, string? TraceId, IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors)
{
    public static readonly Problem Unreachable = new(
        Type: null, "The server cannot be reached", Status: 0, Detail: null, TraceId: null, Errors: null);

    /// <summary>What a person needs to know of it.</summary>
    public string Text => Errors is { Count: > 0 }
        ? $"{Title}: {string.Join("; ", Errors.Select(e => $"{e.Key} {string.Join(", ", e.Value)}"))}"
        : Detail is null ? Title : $"{Title}: {Detail}";

    public static async Task<Problem> Read(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<Problem>(MonolithApi.Json, cancellation) ?? Unreadable(response);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or HttpRequestException)
        {
            return Unreadable(response);
        }
    }

    private static Problem Unreadable(HttpResponseMessage response) => new(
        Type: null, $"The server answered {(int)response.StatusCode}", (int)response.StatusCode, Detail: null, TraceId: null, Errors: null);
}

internal sealed class ProblemException(Problem problem) : Exception(problem.Text)
{
    public Problem Problem => problem;
}
