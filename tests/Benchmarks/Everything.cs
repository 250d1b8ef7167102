namespace Monolith.Benchmarks;

/// <summary>All that has a goal, as one table, and as JSON in <c>artifacts/benchmarks.json</c>.</summary>
internal static class Everything
{
    private static readonly string File = Path.GetFullPath(Path.Combine("artifacts", "benchmarks.json"));

    public static async Task Measure(bool isShort, TextWriter output)
    {
        var results = new Results();
        var (slice, rounds) = isShort ? (TimeSpan.FromSeconds(0.5), 6) : (TimeSpan.FromSeconds(2), 12);
        await Appends.Measure(results, slice, rounds);
        await PlacingOrders.Measure(results, slice, rounds, atFixedRate: isShort ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(30));
        await results.Write(output);
        await results.Save(File);
        await output.WriteLineAsync(File);
    }
}
