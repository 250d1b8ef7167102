using Monolith.Console.Parts;

namespace Monolith.Console.Overview;

/// <summary>How fast the log grows, by where its end was seen and when.</summary>
internal sealed class AppendRate
{
    private const int Most = 60;

    private readonly Queue<TimePoint> samples = new();
    private (long Head, DateTimeOffset At)? last;

    public IReadOnlyList<TimePoint> Samples => [.. samples];

    public void Saw(long head, DateTimeOffset at)
    {
        if (last is { } before && at > before.At)
        {
            samples.Enqueue(new TimePoint(at.ToLocalTime().ToString("HH:mm:ss"), Math.Max(0, (head - before.Head) / (at - before.At).TotalSeconds)));
        }

        last = (head, at);
        while (samples.Count > Most)
        {
            samples.Dequeue();
        }
    }
}
