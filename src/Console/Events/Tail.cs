using System.Text.Json;
using Monolith.Console.Api;

namespace Monolith.Console.Events;

/// <summary>
/// The last events of the log, as they come. However fast they come, only the newest are held, and only these are read: the text of the
/// others is dropped as it is.
/// </summary>
internal sealed class Tail
{
    public const int Most = 50;

    private readonly Queue<string> texts = new();

    /// <summary>How many have come since the page was opened.</summary>
    public long Count { get; private set; }

    public void Add(string text)
    {
        Count++;
        texts.Enqueue(text);
        if (texts.Count > Most)
        {
            texts.Dequeue();
        }
    }

    /// <returns>Those that are held, newest first.</returns>
    /// <param name="known">What was read the last time, so that nothing is read twice.</param>
    public IReadOnlyList<RecordedEvent> Read(IReadOnlyList<RecordedEvent> known)
    {
        var fresh = new List<RecordedEvent>();
        var newest = known is [var first, ..] ? first.Sequence : 0;
        foreach (var text in texts.Reverse())
        {
            var e = JsonSerializer.Deserialize<RecordedEvent>(text, MonolithApi.Json)!;
            if (e.Sequence <= newest)
            {
                break;
            }

            fresh.Add(e);
        }

        return [.. fresh.Concat(known).Take(Most)];
    }
}
