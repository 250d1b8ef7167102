namespace Monolith.Architecture.Wrong;

/// <summary>Wrong on purpose, as everything in this folder: what no module may do.</summary>
internal static class UseOfClockAndChance
{
    public static object Now => new Func<object>(() => (DateTime.Now, DateTimeOffset.UtcNow, TimeProvider.System));

    public static async Task<(Guid Id, double Chance)> Later()
    {
        await Task.Delay(TimeSpan.Zero);
        return (Guid.NewGuid(), Random.Shared.NextDouble());
    }
}
