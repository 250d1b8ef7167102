namespace Monolith.Unit;

/// <summary>A clock whose timers go off when the test says so.</summary>
internal sealed class AlarmClock : TimeProvider
{
    private readonly List<(TimeSpan Due, Action Ring)> alarms = [];

    /// <summary>How many timers there have been.</summary>
    public int Set => alarms.Count;

    public void Ring(TimeSpan due) => alarms.Last(alarm => alarm.Due == due).Ring();

    public void RingFirst() => alarms[0].Ring();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        alarms.Add((dueTime, () => callback(state)));
        return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
