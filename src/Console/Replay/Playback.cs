namespace Monolith.Console.Replay;

/// <summary>Steps on by itself, so many times a second, until there is nothing further or it is held.</summary>
internal sealed class Playback(TimeProvider time)
{
    private int run;

    public static IReadOnlyList<int> Speeds { get; } = [1, 2, 5, 10, 50];

    public bool IsOn { get; private set; }

    /// <summary>Steps a second.</summary>
    public int Speed { get; set; } = Speeds[0];

    /// <param name="step">Goes one on; false when there is nothing further.</param>
    public async Task Play(Func<Task<bool>> step, CancellationToken cancellation)
    {
        var mine = ++run;
        IsOn = true;
        try
        {
            // Who holds it and plays again within a step has begun another run.
            while (mine == run && await step() && mine == run)
            {
                await Task.Delay(TimeSpan.FromSeconds(1.0 / Speed), time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        finally
        {
            IsOn = IsOn && mine != run;
        }
    }

    public void Hold()
    {
        run++;
        IsOn = false;
    }
}
