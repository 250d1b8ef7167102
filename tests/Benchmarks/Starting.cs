namespace Monolith.Benchmarks;

/// <summary>
/// How long the application takes until it is ready and has done its first command, and what it holds then: as it is published, with the adapters of its handlers in it,
/// beside one that compiles them when it starts; in turns.
/// </summary>
internal static class Starting
{
    /// <param name="published">The folder of the published Host.</param>
    public static async Task Measure(string published, int rounds, Results results)
    {
        await using var stage = await Stage.WithoutApplication();
        var (prepared, compiled) = (new List<Start>(), new List<Start>());
        for (var round = -1; round < rounds; round++)
        {
            // The first round is to warm up.
            var pair = (await stage.Start(published), await stage.Start(AppContext.BaseDirectory));
            if (round >= 0)
            {
                prepared.Add(pair.Item1);
                compiled.Add(pair.Item2);
            }
        }

        Report("ready", "ms", start => start.Ready.TotalMilliseconds);
        Report("first command answered", "ms", start => start.FirstCommand.TotalMilliseconds);
        Report("resident after it", "MB", start => start.Megabytes);

        void Report(string what, string unit, Func<Start, double> figure) => results.Add(new Result(
            "start of the program", $"{what}, prepared / compiled at the start", Slices.Median(prepared.Select(figure)), unit,
            Slices.Ratio([.. prepared.Select(figure)], [.. compiled.Select(figure)])));
    }
}

/// <param name="FirstCommand">Since the program was started, as is <paramref name="Ready"/>.</param>
/// <param name="Megabytes">What the process holds of the machine's memory.</param>
internal sealed record Start(TimeSpan Ready, TimeSpan FirstCommand, double Megabytes);
