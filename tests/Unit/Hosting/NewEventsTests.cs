using Monolith.Host.Hosting;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Hosting;

public sealed class NewEventsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void What_an_order_sets_off_is_told_soon(int commits) =>
        NewEvents.PauseAfter(commits, NewEvents.ShortestPause).ShouldBe(NewEvents.ShortestPause);

    [Fact]
    public void Many_are_told_together() => NewEvents.PauseAfter(5, NewEvents.ShortestPause).ShouldBe(NewEvents.LongestPause);

    [Theory]
    [InlineData(21, true)]
    [InlineData(20, false)]
    public void They_are_many_as_long_as_they_come_as_fast(int commits, bool many) =>
        NewEvents.PauseAfter(commits, NewEvents.LongestPause).ShouldBe(many ? NewEvents.LongestPause : NewEvents.ShortestPause);
}
