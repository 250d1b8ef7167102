using Monolith.Console.Replay;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Console;

public class PlaybackTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly AlarmClock clock = new();
    private int steps;

    [Fact]
    public async Task It_steps_until_there_is_nothing_further()
    {
        var playback = new Playback(clock);
        var run = playback.Play(() => Task.FromResult(++steps < 2), CancellationToken.None);
        (steps, playback.IsOn).ShouldBe((1, true));

        clock.Ring(Second);
        await run;
        (steps, playback.IsOn).ShouldBe((2, false));
    }

    [Fact]
    public async Task Held_between_two_steps_it_takes_none_any_more()
    {
        var playback = new Playback(clock);
        var run = playback.Play(() => Task.FromResult(++steps > 0), CancellationToken.None);
        playback.Hold();

        clock.Ring(Second);
        await run;
        (steps, playback.IsOn).ShouldBe((1, false));
    }

    [Fact]
    public async Task Held_and_played_again_between_two_steps_only_the_new_run_goes_on()
    {
        var playback = new Playback(clock);
        var first = playback.Play(() => Task.FromResult(++steps > 0), CancellationToken.None);
        playback.Hold();
        var beforeTheSecond = clock.Set;
        _ = playback.Play(() => Task.FromResult(++steps > 0), CancellationToken.None);
        clock.Set.ShouldBe(beforeTheSecond + 1);

        clock.RingFirst();
        await first;
        (steps, playback.IsOn).ShouldBe((2, true));
    }
}
