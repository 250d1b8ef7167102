using System.Diagnostics;

namespace Monolith.Benchmarks;

/// <summary>One of several ways to get the same done.</summary>
/// <param name="Once">Does it once, for one of the workers.</param>
/// <param name="Settle">Waits until what it left to be done later is done, so that the next way does not pay for it; null when it leaves nothing.</param>
internal sealed record Way(string Name, Func<int, Task> Once, Func<Task>? Settle = null);

/// <summary>Measures ways in short turns, so that a disturbance falls on all of them.</summary>
internal static class Slices
{
    /// <returns>For each way, how often a second it was done in each round.</returns>
    public static async Task<IReadOnlyList<double[]>> Take(IReadOnlyList<Way> ways, int workers, TimeSpan length, int rounds)
    {
        var rates = ways.Select(_ => new double[rounds]).ToList();
        for (var round = -1; round < rounds; round++)
        {
            // Who begins changes from round to round; the first round is to warm up.
            for (var turn = 0; turn < ways.Count; turn++)
            {
                var way = (turn + Math.Max(round, 0)) % ways.Count;
                var rate = await Take(ways[way], workers, length);
                if (round >= 0)
                {
                    rates[way][round] = rate;
                }
            }
        }

        return rates;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The median of what one way did for each that the other did, round by round.</summary>
    public static double Ratio(double[] ours, double[] theirs) => Median(ours.Zip(theirs, (a, b) => a / b));

    private static async Task<double> Take(Way way, int workers, TimeSpan length)
    {
        var (start, done) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < length)
            {
                await way.Once(worker);
                Interlocked.Increment(ref done);
            }
        })));
        var rate = done / Stopwatch.GetElapsedTime(start).TotalSeconds;
        await (way.Settle?.Invoke() ?? Task.CompletedTask);
        return rate;
    }
}
