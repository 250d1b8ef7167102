using Spectre.Console;

namespace Monolith.Simulator;

/// <summary>Progress: a bar on a terminal, a plain line at every tenth where the output goes to a file.</summary>
internal static class Screen
{
    /// <summary>Shows <paramref name="work"/>, which calls what it is given after each of its <paramref name="total"/> parts, from any thread.</summary>
    public static Task ShowAsync(string what, int total, Func<Action, Task> work) =>
        Console.IsOutputRedirected ? LinesAsync(what, total, work) : BarAsync(what, total, work);

    private static Task BarAsync(string what, int total, Func<Action, Task> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
        .StartAsync(async context =>
        {
            var bar = context.AddTask(what, maxValue: total);
            await work(() => bar.Increment(1));
        });

    private static async Task LinesAsync(string what, int total, Func<Action, Task> work)
    {
        var done = 0;
        await work(() =>
        {
            var now = Interlocked.Increment(ref done);
            if (now * 10L / total > (now - 1) * 10L / total) Console.WriteLine($"{what}: {now:N0} of {total:N0}");
        });
    }
}
