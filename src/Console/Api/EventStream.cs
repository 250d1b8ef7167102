using System.IO.Pipelines;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Monolith.Console.Api;

/// <summary>A message of an event stream.</summary>
/// <param name="Data">The text as it came; null says only that the stream is open, and from which place on, or that it is not.</param>
internal readonly record struct StreamMessage(string? Id, string? Data, bool IsLost = false);

/// <summary>Follows an event stream and opens it again, from where it was, whenever the connection is lost.</summary>
internal static class EventStream
{
    private const int BufferSize = 64 * 1024;
    private const string Position = "position";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="path">The address to open; <c>Last-Event-ID</c> says from where on when it is opened again.</param>
    /// <exception cref="ProblemException">The server refuses.</exception>
    public static async IAsyncEnumerable<StreamMessage> Follow(
        this MonolithApi api, string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? last = null;
        while (!cancellation.IsCancellationRequested)
        {
            await using var messages = Read(api, path, last, cancellation).GetAsyncEnumerator(cancellation);
            while (await Next(messages))
            {
                last = messages.Current.Id ?? last;
                yield return messages.Current;
            }

            yield return new StreamMessage(null, null, IsLost: true);
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>False when the connection has ended, for whatever reason that may pass.</summary>
    private static async Task<bool> Next(IAsyncEnumerator<StreamMessage> messages)
    {
        try
        {
            return await messages.MoveNextAsync();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ProblemException { Problem.Status: 0 or 408 or 429 or >= 500 })
        {
            return false;
        }
    }

    private static async IAsyncEnumerable<StreamMessage> Read(
        MonolithApi api, string path, string? last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await api.Open(path, last, cancellation);
        yield return default;
        // The parser reads a little at a time, and every read from the network is a long way through the browser. A BufferedStream would hold the
        // end of what came until more comes.
        await using var body = PipeReader.Create(
            await response.Content.ReadAsStreamAsync(cancellation), new StreamPipeReaderOptions(bufferSize: BufferSize)).AsStream();
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellation))
        {
            yield return new StreamMessage(item.EventId, item.EventType == Position ? null : item.Data);
        }
    }
}
