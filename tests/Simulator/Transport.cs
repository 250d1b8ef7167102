using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Monolith.Simulator;

/// <summary>An answer that the contract does not allow here, or none at all.</summary>
internal sealed class ShopException(string message) : Exception(message);

internal sealed record Reply(HttpStatusCode Status, string Body, string? Location, string? ETag, long? Sequence);

/// <summary>
/// Sends requests, repeats them while the API is away or busy, and measures. Repeating is safe for every request here: reads,
/// PUTs with their precondition, POSTs with an idempotency key, and reports with their webhook-id.
/// </summary>
internal sealed class Transport(HttpClient http, TimeSpan patience, Latencies latencies)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private long lastSequence;
    private volatile bool away;

    /// <summary>The highest <c>Monolith-Sequence</c> that a command was answered with; 0 before the first.</summary>
    public long LastSequence => Interlocked.Read(ref lastSequence);

    /// <summary>Returns a reply of an expected status; <paramref name="request"/> makes the request anew for every repetition.</summary>
    /// <exception cref="ShopException">Another status, or no answer within the patience.</exception>
    public async Task<Reply> SendAsync(
        string operation, long intended, Func<HttpRequestMessage> request, HttpStatusCode[] expected, CancellationToken cancellation)
    {
        var failed = true;
        try
        {
            var reply = await SendPatientlyAsync(operation, request, cancellation);
            failed = !expected.Contains(reply.Status);
            if (failed) throw new ShopException($"{operation}: {(int)reply.Status} {ProblemText.Of(reply.Body)}");
            Remember(reply.Sequence);
            return reply;
        }
        finally
        {
            if (!cancellation.IsCancellationRequested) latencies.Record(operation, intended, failed);
        }
    }

    private async Task<Reply> SendPatientlyAsync(string operation, Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = Min(pause * 2, LongestPause))
        {
            TimeSpan? advised = null;
            Reply? reply = null;
            string cause;
            try
            {
                using var message = request();
                using var response = await http.SendAsync(message, cancellation);
                reply = await ReadAsync(response, cancellation);
                away = false;
                if (!IsPassing(reply.Status)) return reply;
                advised = RetryAfter(response);
                cause = $"{(int)reply.Status}";
            }
            catch (HttpRequestException exception)
            {
                cause = exception.HttpRequestError == HttpRequestError.ConnectionError ? "no connection" : "connection broken";
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                // Not always wrapped: a server that dies while a connection to it is made.
                cause = "connection broken";
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                cause = "no answer in time";
            }

            var left = patience - Stopwatch.GetElapsedTime(started);
            if (reply is not null && left <= TimeSpan.Zero) return reply;
            if (reply is null && (away || left <= TimeSpan.Zero))
            {
                // Thousands of others need not find out as slowly: until it answers again, one attempt each is enough.
                away = true;
                throw new ShopException($"{operation}: {cause}; nothing answered at {http.BaseAddress} for {patience.TotalSeconds} s: is it running?");
            }

            latencies.Repeated(cause);
            await Task.Delay(Min(advised ?? pause, left), cancellation);
        }
    }

    private static async Task<Reply> ReadAsync(HttpResponseMessage response, CancellationToken cancellation) => new(
        response.StatusCode,
        await response.Content.ReadAsStringAsync(cancellation),
        response.Headers.Location?.OriginalString,
        response.Headers.ETag?.ToString(),
        response.Headers.TryGetValues("Monolith-Sequence", out var values) && long.TryParse(values.First(), out var sequence) ? sequence : null);

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => Max(date - TimeProvider.System.GetUtcNow(), TimeSpan.Zero),
        _ => null,
    };

    private void Remember(long? sequence)
    {
        for (var seen = LastSequence; sequence > seen; seen = LastSequence)
            Interlocked.CompareExchange(ref lastSequence, sequence.Value, seen);
    }

    /// <summary>What passes by waiting. A 500 does not: it is an error of the server, and to be seen.</summary>
    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
