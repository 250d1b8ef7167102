using Monolith.Contracts.Operations;
using Monolith.Operations;
using Monolith.Operations.Following;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Operations;

public sealed class OperationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RebuildRequested Requested = new("1", "OrderList", "a fix", "otto", Noon);
    private static readonly RebuildStarted Started = new("1", Node: 3, Total: 1000, Noon.AddSeconds(1));

    [Fact]
    public void A_request_is_pending()
    {
        var operation = Fold(Requested);
        operation.Id.ShouldBe("operation-1");
        operation.PublicId.ShouldBe("1");
        operation.Status.ShouldBe(OperationStatus.Pending);
        operation.IsFinished.ShouldBeFalse();

        var view = OperationView.Of(operation, progress: null);
        (view.Phase, view.Percent, view.Total, view.EtaSeconds).ShouldBe((Phase.Waiting, 0, 0, null));
    }

    [Fact]
    public void A_second_attempt_is_the_same_operation()
    {
        var operation = Fold(Requested, Started, Started with { Node = 4, Total = 1200 });
        (operation.Status, operation.Node, operation.Total).ShouldBe((OperationStatus.Running, 4, 1200));
    }

    [Fact]
    public void Success_is_100_percent()
    {
        var view = OperationView.Of(Fold(Requested, Started, new RebuildSucceeded("1", 3, Noon.AddMinutes(1))), At(Phase.CatchingUp, 990));
        (view.Status, view.Phase, view.Percent, view.Processed, view.EtaSeconds).ShouldBe((OperationStatus.Succeeded, Phase.Done, 100, 1000, null));
        view.FinishedAt.ShouldBe(Noon.AddMinutes(1));
    }

    [Fact]
    public void All_events_folded_is_not_100_percent() =>
        OperationView.Of(Fold(Requested, Started), At(Phase.CatchingUp, 1000)).Percent.ShouldBe(99.9);

    [Fact]
    public void A_failure_keeps_how_far_it_came()
    {
        var view = OperationView.Of(Fold(Requested, Started, new RebuildFailed("1", "broken", Noon)), At(Phase.Replaying, 500));
        (view.Status, view.Phase, view.Percent, view.Error, view.EtaSeconds).ShouldBe((OperationStatus.Failed, Phase.Replaying, 50, "broken", null));
    }

    [Fact]
    public void The_time_left_follows_from_the_pace() =>
        OperationView.Of(Fold(Requested, Started), At(Phase.Replaying, 250) with { EventsPerSecond = 50 }).EtaSeconds.ShouldBe(15);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 3, 33.3)]
    [InlineData(999_999, 1_000_000, 99.9)]
    [InlineData(5, 5, 99.9)]
    public void Percents_are_rounded_down(long processed, long total, double percent) => OperationView.PercentOf(processed, total).ShouldBe(percent);

    private static OperationProgress At(Phase phase, long processed) => new("1", phase, processed, 1000, EventsPerSecond: 0);

    private static Operation Fold(params object[] events) => events.Aggregate((Operation?)null, Operation.Fold)!;
}
