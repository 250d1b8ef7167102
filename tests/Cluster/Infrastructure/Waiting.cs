using System.Diagnostics;

namespace Monolith.Cluster.Infrastructure;

internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <param name="condition">What has to come true.</param>
    /// <param name="what">What is waited for, for people.</param>
    /// <param name="patience">How long at most; three minutes when left out.</param>
    /// <param name="state">What is seen instead, told when it was in vain.</param>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> Until(Func<Task<bool>> condition, string what, TimeSpan? patience = null, Func<Task<string>>? state = null)
    {
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > (patience ?? Patience))
            {
                Assert.Fail($"In vain: {what}\n{(state is null ? "" : await state())}");
            }

            await timer.WaitForNextTickAsync();
        }

        return Stopwatch.GetElapsedTime(start);
    }

    public static Task<TimeSpan> Until(Func<bool> condition, string what, Func<Task<string>>? state = null) => Until(() => Task.FromResult(condition()), what, state: state);
}
