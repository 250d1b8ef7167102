using System.Diagnostics;
using System.Net.Http.Json;
using HdrHistogram;

namespace Monolith.Benchmarks;

/// <summary>
/// How long an order takes, after its commit, to be seen in the asynchronous order list, or in a window. Each round reads one of them twice: once
/// waiting for the order (<c>minSequence</c>), once without waiting. The second is the floor of the first.
/// </summary>
internal static class Visibility
{
    private const int Warmup = 30;
    private const int Rounds = 300;
    private const string Sku = "BENCH-VISIBILITY";

    public static async Task Measure(HttpClient http, TextWriter output)
    {
        await EnsureProduct(http);
        await Measure(http, "the order list", "/v1/orders?limit=1", output);
        await Measure(http, "a window", "/v1/insights/sales-per-minute/windows?limit=1", output);
    }

    private static async Task Measure(HttpClient http, string what, string path, TextWriter output)
    {
        var (placing, waiting, plain) = (new LongHistogram(60_000_000, 3), new LongHistogram(60_000_000, 3), new LongHistogram(60_000_000, 3));
        for (var round = -Warmup; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var sequence = await PlaceOrder(http);
            var placed = (long)Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            var seen = await Read(http, $"{path}&minSequence={sequence}");
            var floor = await Read(http, path);
            if (round >= 0)
            {
                placing.RecordValue(placed);
                waiting.RecordValue(seen);
                plain.RecordValue(floor);
            }
        }

        await output.WriteLineAsync($"commit to visible in {what}, {Rounds} orders, one at a time");
        await output.WriteLineAsync($"{"in ms",-28}{"p50",8}{"p95",8}{"p99",8}{"max",8}");
        await output.WriteLineAsync(Row("placing an order", placing));
        await output.WriteLineAsync(Row("read that waits for it", waiting));
        await output.WriteLineAsync(Row("the same without waiting", plain));
    }

    private static async Task EnsureProduct(HttpClient http)
    {
        using var answer = await http.PutAsJsonAsync(
            new Uri($"/v1/products/{Sku}", UriKind.Relative),
            new { name = "Benchmark", unitPrice = 1, currency = "EUR", weightKg = 1, category = "benchmark", active = true });
        if (answer.StatusCode != System.Net.HttpStatusCode.PreconditionRequired)
        {
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<string> PlaceOrder(HttpClient http)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/v1/orders", UriKind.Relative), new
        {
            customerId = "benchmark",
            lines = new[] { new { sku = Sku, quantity = 1 } },
            deliverTo = new { name = "B", street = "S", city = "C", postalCode = "P", country = "DE" },
            deliveryService = "standard",
        });
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues("Monolith-Sequence").Single();
    }

    /// <returns>Microseconds.</returns>
    private static async Task<long> Read(HttpClient http, string path)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return (long)Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static string Row(string name, LongHistogram histogram) =>
        $"{name,-28}{At(histogram, 50),8}{At(histogram, 95),8}{At(histogram, 99),8}{At(histogram, 100),8}";

    private static string At(LongHistogram histogram, double percentile) => (histogram.GetValueAtPercentile(percentile) / 1000.0).ToString("F1");
}
