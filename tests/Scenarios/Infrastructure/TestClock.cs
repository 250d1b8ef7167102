namespace Monolith.Scenarios.Infrastructure;

/// <summary>Runs as the real clock does, but can be moved, so that timers of the libraries go on.</summary>
public sealed class TestClock : TimeProvider
{
    private TimeSpan offset;

    public void Move(TimeSpan by) => offset += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
