using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monolith.Console.Session;

namespace Monolith.Console.Api;

/// <summary>The REST API, with the rights of the user who is signed in.</summary>
internal sealed class MonolithApi(HttpClient http, CurrentUser user, Connection connection)
{
    private const string TokenIsOld = "/problems/antiforgery-token-missing";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <exception cref="ProblemException">The server refused, or could not be reached.</exception>
    public async Task<T> Get<T>(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Try(async () =>
        {
            using var response = await Send(request, cancellation);
            return (await response.Content.ReadFromJsonAsync<T>(Json, cancellation))!;
        }, cancellation);
    }

    /// <summary>Null when there is no such thing.</summary>
    /// <exception cref="ProblemException">The server refused, or could not be reached.</exception>
    public async Task<T?> Find<T>(string path, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await Get<T>(path, cancellation);
        }
        catch (ProblemException problem) when (problem.Problem.Status == 404)
        {
            return null;
        }
    }

    /// <summary>A command. Whoever repeats it with the same key gets the first answer again.</summary>
    /// <exception cref="ProblemException">The server refused, or could not be reached.</exception>
    public async Task<JsonElement> Post(string path, object body, string key, CancellationToken cancellation)
    {
        try
        {
            return await PostOnce(path, body, key, cancellation);
        }
        catch (ProblemException e) when (e.Problem.Type == TokenIsOld)
        {
            await user.TryLoad(http);
            return await PostOnce(path, body, key, cancellation);
        }
    }

    private async Task<JsonElement> PostOnce(string path, object body, string key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: Json) };
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.Add(CurrentUser.AntiforgeryHeader, user.AntiforgeryToken);
        return await Try(async () =>
        {
            using var response = await Send(request, cancellation);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
            return answer.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(answer, Json);
        }, cancellation);
    }

    /// <summary>The answer with its server-sent events, which are still to be read.</summary>
    /// <exception cref="ProblemException">The server refused, or could not be reached.</exception>
    public async Task<HttpResponseMessage> Open(string path, string? lastEventId, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        return await Try(() => Send(request, cancellation), cancellation);
    }

    /// <summary>However a connection breaks, while it is made or while it is read, or takes too long: the server cannot be reached.</summary>
    private async Task<T> Try<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is TaskCanceledException ? !cancellation.IsCancellationRequested : e is HttpRequestException or IOException or JsonException)
        {
            connection.Report(lost: true);
            throw new ProblemException(Problem.Unreachable);
        }
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancellation)
    {
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        if (response.StatusCode == HttpStatusCode.Unauthorized && user.IsSignedIn)
        {
            // The session has ended; the layout says so.
            await user.TryLoad(http);
        }

        using (response)
        {
            throw new ProblemException(await Problem.Read(response, cancellation));
        }
    }
}
