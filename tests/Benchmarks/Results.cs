using System.Globalization;
using System.Text.Json;

namespace Monolith.Benchmarks;

/// <summary>One figure.</summary>
/// <param name="Ratio">To what stands beside it; null where nothing does.</param>
/// <param name="Goal">What the ratio, or the value where there is none, should reach; null where nothing was promised.</param>
internal sealed record Result(string Benchmark, string Subject, double Value, string Unit, double? Ratio = null, double? Goal = null);

/// <summary>What was measured: a table for people, JSON for programs.</summary>
internal sealed class Results
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Result> results = [];

    public void Add(Result result) => results.Add(result);

    public async Task Write(TextWriter output)
    {
        await output.WriteLineAsync($"{"benchmark",-34}{"subject",-44}{"value",12} {"unit",-12}{"ratio",8}{"goal",8}");
        foreach (var r in results)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{r.Benchmark,-34}{r.Subject,-44}{r.Value,12:N2} {r.Unit,-12}{r.Ratio,8:F2}{r.Goal,8:0.##}"));
        }
    }

    public Task Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { At = DateTimeOffset.UtcNow, Cores = Environment.ProcessorCount, Results = results }, Json));
    }
}
