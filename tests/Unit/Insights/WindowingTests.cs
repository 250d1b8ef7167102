using Monolith.Insights.Streaming.Windowing;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Insights;

/// <summary>To which windows a moment belongs.</summary>
public class WindowingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Tumbling_windows_begin_at_multiples_of_their_length()
    {
        Of(new Tumbling(TimeSpan.FromHours(1)), Noon.AddMinutes(59)).ShouldBe([Between(0, 60)]);
        Of(new Tumbling(TimeSpan.FromHours(1)), Noon).ShouldBe([Between(0, 60)]);
        Of(new Tumbling(TimeSpan.FromHours(1)), Noon.AddTicks(-1)).ShouldBe([Between(-60, 0)]);
    }

    [Fact]
    public void A_day_is_one_of_utc() => Of(new Tumbling(TimeSpan.FromDays(1)), new DateTimeOffset(2026, 3, 1, 0, 30, 0, TimeSpan.FromHours(1)))
        .ShouldBe([new TimeWindow(new(2026, 2, 28, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero))]);

    [Fact]
    public void Times_before_1970_have_windows_like_others() => Of(new Tumbling(TimeSpan.FromHours(1)), DateTimeOffset.UnixEpoch.AddMinutes(-1))
        .ShouldBe([new TimeWindow(DateTimeOffset.UnixEpoch.AddHours(-1), DateTimeOffset.UnixEpoch)]);

    [Fact]
    public void A_moment_is_in_as_many_hopping_windows_as_begin_within_their_length()
    {
        var hopping = new Hopping(TimeSpan.FromMinutes(5), Every: TimeSpan.FromMinutes(1));

        Of(hopping, Noon.AddSeconds(30)).ShouldBe([Between(0, 5), Between(-1, 4), Between(-2, 3), Between(-3, 2), Between(-4, 1)]);
        Of(hopping, Noon).ShouldBe([Between(0, 5), Between(-1, 4), Between(-2, 3), Between(-3, 2), Between(-4, 1)]);
    }

    [Fact]
    public void Hops_that_do_not_divide_the_length_leave_no_moment_out_of_its_windows() =>
        Of(new Hopping(TimeSpan.FromMinutes(5), Every: TimeSpan.FromMinutes(2)), Noon.AddMinutes(1)).ShouldBe([Between(0, 5), Between(-2, 3)]);

    [Fact]
    public void An_event_opens_a_session_of_the_length_of_the_gap() =>
        Of(new Session(TimeSpan.FromMinutes(30)), Noon.AddMinutes(1)).ShouldBe([Between(1, 31)]);

    [Fact]
    public void The_left_side_of_a_join_waits_and_the_right_side_comes()
    {
        var join = new IntervalJoin(TimeSpan.FromMinutes(30), Slack: TimeSpan.FromMinutes(1));

        Of(join, Noon).ShouldBe([Between(0, 30)]);
        var coming = join.Assign(Noon, Side.Right).Single();
        coming.Overlaps(Between(0, 30)).ShouldBeTrue();
        coming.Overlaps(Between(-30, 0)).ShouldBeFalse();
        join.Assign(Noon.AddSeconds(-59), Side.Right).Single().Overlaps(Between(0, 30)).ShouldBeTrue();
        join.Assign(Noon.AddMinutes(-1), Side.Right).Single().Overlaps(Between(0, 30)).ShouldBeFalse();
        join.Assign(Noon.AddMinutes(30), Side.Right).Single().Overlaps(Between(0, 30)).ShouldBeFalse();
    }

    [Fact]
    public void Windows_that_only_touch_do_not_overlap()
    {
        Between(0, 1).Overlaps(Between(1, 2)).ShouldBeFalse();
        Between(0, 2).Overlaps(Between(1, 3)).ShouldBeTrue();
        Between(0, 2).Cover(Between(1, 3)).ShouldBe(Between(0, 3));
        Between(0, 3).Cover(Between(1, 2)).ShouldBe(Between(0, 3));
    }

    private static TimeWindow[] Of(IWindowing windows, DateTimeOffset at) => [.. windows.Assign(at, Side.Left)];

    private static TimeWindow Between(int from, int to) => new(Noon.AddMinutes(from), Noon.AddMinutes(to));
}
