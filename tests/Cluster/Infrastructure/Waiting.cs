using System.Diagnostics;

namespace Monolith.Cluster.Infrastructure;

internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <param name="condition">What has to come true.</param>
    /// <param name="what">What is waited for, for people.</param>
    /// <param name="patience">How long at most; three minutes when left out.</param>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> Until(Func<Task<bool>> condition, string what, TimeSpan? patience = null)
    {
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(start).ShouldBeLessThan(patience ?? Patience, $"In vain: {what}");
            await timer.WaitForNextTickAsync();
        }

        return Stopwatch.GetElapsedTime(start);
    }

    public static Task<TimeSpan> Until(Func<bool> condition, string what) => Until(() => Task.FromResult(condition()), what);
}
