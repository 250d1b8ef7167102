using System.Collections.Concurrent;
using System.Diagnostics;
using HdrHistogram;

namespace Monolith.Simulator;

/// <summary>Latencies in milliseconds of one kind of request.</summary>
internal sealed record LatencyRow(string Operation, long Count, long Errors, double P50, double P95, double P99, double Max);

/// <summary>
/// Latencies by operation, from the moment a request was meant to start, repetitions included: a queue before a slow
/// server counts, so the percentiles are those a customer would see.
/// </summary>
internal sealed class Latencies
{
    private static readonly long HourInMicroseconds = (long)TimeSpan.FromHours(1).TotalMicroseconds;
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> repetitions = new(StringComparer.Ordinal);

    /// <summary>Why requests were repeated, and how often.</summary>
    public IEnumerable<KeyValuePair<string, int>> Repetitions => repetitions.OrderBy(entry => entry.Key, StringComparer.Ordinal);

    /// <summary>Records an answer now to a request that was meant to start at the timestamp <paramref name="intended"/>.</summary>
    public void Record(string operation, long intended, bool failed)
    {
        var microseconds = (long)Stopwatch.GetElapsedTime(intended).TotalMicroseconds;
        var entry = entries.GetOrAdd(operation, _ => new Entry());
        lock (entry.Histogram)
        {
            entry.Histogram.RecordValue(Math.Clamp(microseconds, 1, HourInMicroseconds));
            if (failed) entry.Errors++;
        }
    }

    public void Repeated(string cause) => repetitions.AddOrUpdate(cause, 1, (_, count) => count + 1);

    public IReadOnlyList<LatencyRow> Rows()
    {
        return [.. entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => Row(entry.Key, entry.Value))];

        static LatencyRow Row(string operation, Entry entry)
        {
            lock (entry.Histogram)
            {
                return new(operation, entry.Histogram.TotalCount, entry.Errors, At(50), At(95), At(99), At(100));
            }

            double At(double percentile) => entry.Histogram.GetValueAtPercentile(percentile) / 1000.0;
        }
    }

    private sealed class Entry
    {
        public LongHistogram Histogram { get; } = new(HourInMicroseconds, 3);

        public long Errors { get; set; }
    }
}
