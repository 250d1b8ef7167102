namespace Monolith.Console.Projections;

/// <summary>How the lag of each projection went while it was looked at.</summary>
internal sealed class Trend
{
    private const int Most = 30;

    private readonly Dictionary<string, Queue<long>> lags = new(StringComparer.Ordinal);

    public void Saw(IEnumerable<ProjectionView> projections)
    {
        foreach (var projection in projections)
        {
            var samples = lags.TryGetValue(projection.Name, out var known) ? known : lags[projection.Name] = new Queue<long>();
            samples.Enqueue(projection.LagEvents);
            if (samples.Count > Most)
            {
                samples.Dequeue();
            }
        }
    }

    public IReadOnlyCollection<long> Of(string projection) => lags.TryGetValue(projection, out var samples) ? samples : [];

    /// <summary>Whether it falls further behind, comes closer, or neither: the later half of what was seen against the earlier one.</summary>
    public string Word(string projection) => Of(projection).ToArray() is { Length: > 3 } seen
        ? (seen[..(seen.Length / 2)].Average(), seen[(seen.Length / 2)..].Average()) switch
        {
            var (before, after) when after > (before * 1.2) + 1 => "growing",
            var (before, after) when before > (after * 1.2) + 1 => "shrinking",
            _ => "steady",
        }
        : "steady";
}
