namespace Monolith.Benchmarks;

/// <summary>All that has a goal, as one table, and as JSON in <c>artifacts/benchmarks.json</c>.</summary>
internal static class Everything
{
    /// <summary>Where <c>dotnet publish src/Host -c Release -o artifacts/host</c> puts it; without it, its start is not measured, and orders go to what was built.</summary>
    private static readonly string Published = Path.GetFullPath(Path.Combine("artifacts", "host"));

    private static readonly string File = Path.GetFullPath(Path.Combine("artifacts", "benchmarks.json"));

    public static async Task Measure(bool isShort, TextWriter output)
    {
        var (results, isPublished) = (new Results(), Directory.Exists(Published));
        var (slice, rounds) = isShort ? (TimeSpan.FromSeconds(0.5), 5) : (TimeSpan.FromSeconds(2), 12);
        await Appends.Measure(results, slice, rounds);
        await PlacingOrders.Measure(results, slice, rounds, atFixedRate: isShort ? TimeSpan.FromSeconds(8) : TimeSpan.FromSeconds(30), isPublished ? Published : null);
        await LongLedgers.Measure(TextWriter.Null, longest: isShort ? 1_000 : 1_000_000, results);
        await Rebuilds.Measure(isShort ? 60_000 : 200_000, isShort ? ["OrderList"] : [], TextWriter.Null, results);
        await Windowing.Measure(isShort ? 10_000 : 1_000_000, TextWriter.Null, results);
        if (isPublished)
        {
            await Starting.Measure(Published, rounds: isShort ? 2 : 7, results);
        }

        await results.Write(output);
        await results.Save(File);
        await output.WriteLineAsync(File);
    }
}
