namespace Monolith.Benchmarks;

internal static class Memory
{
    private const double Megabyte = 1024 * 1024;

    /// <returns>
    /// The most that this process came to use meanwhile, in megabytes beyond what it used before: the managed heap with its garbage, and all.
    /// </returns>
    public static async Task<(double Managed, double Resident)> Most(Func<Task> act)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var (managed, resident) = Now();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var most = (Managed: managed, Resident: resident);
        var work = Task.Run(act);
        while (!work.IsCompleted)
        {
            await timer.WaitForNextTickAsync();
            var now = Now();
            most = (Math.Max(most.Managed, now.Managed), Math.Max(most.Resident, now.Resident));
        }

        await work;
        return ((most.Managed - managed) / Megabyte, (most.Resident - resident) / Megabyte);
    }

    private static (long Managed, long Resident) Now() => (GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet);
}
