using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Monolith.Operations;
using Monolith.Operations.Projections;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Operations;

public sealed class ProjectionViewTests
{
    private const string Shard = "OrderList:All";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RegisteredProjection Async = new("OrderList", ProjectionKind.Async, "ordering", [Shard], Source: null!);
    private static readonly RegisteredProjection Inline = new("Order", ProjectionKind.Inline, "ordering", [], Source: null!);
    private static readonly ShardPosition AtHead = new(100, OldestWaiting: null, IsFollowing: true, Error: null);

    [Fact]
    public void At_the_head_there_is_no_lag()
    {
        var view = Of(Async, AtHead, node: 2);
        (view.Status, view.Position, view.Head, view.LagEvents, view.LagSeconds, view.Node)
            .ShouldBe((ProjectionStatus.Running, 100, 100, 0, 0, 2));
    }

    [Fact]
    public void The_lag_is_the_age_of_the_oldest_event_that_waits()
    {
        var view = Of(Async, AtHead with { Sequence = 60, OldestWaiting = Now.AddSeconds(-12.5) }, node: 2);
        (view.LagEvents, view.LagSeconds).ShouldBe((40, 12.5));
    }

    [Fact]
    public void Without_a_node_it_is_stopped() => Of(Async, AtHead, node: null).Status.ShouldBe(ProjectionStatus.Stopped);

    [Fact]
    public void A_node_that_does_not_follow_the_log_does_not_count() =>
        Of(Async, AtHead with { IsFollowing = false }, node: 1).Status.ShouldBe(ProjectionStatus.Stopped);

    [Fact]
    public void An_error_is_shown()
    {
        var view = Of(Async, AtHead with { Error = "Event 7: broken" }, node: 1);
        (view.Status, view.LastError).ShouldBe((ProjectionStatus.Failed, "Event 7: broken"));
    }

    [Fact]
    public void A_rebuild_is_shown_before_anything_else() =>
        Of(Async, AtHead with { Error = "Event 7: broken" }, node: null, rebuilding: true).Status.ShouldBe(ProjectionStatus.Rebuilding);

    [Fact]
    public void An_inline_projection_is_always_at_the_head()
    {
        var view = Of(Inline, AtHead, node: null);
        (view.Status, view.Position, view.Node).ShouldBe((ProjectionStatus.Running, 100, null));
    }

    [Theory]
    [InlineData("Paused", "System.OperationCanceledException: The operation was canceled.\n   at System.Threading.SemaphoreSlim.Wait()")]
    [InlineData("Paused", "System.Threading.Tasks.TaskCanceledException: A task was canceled.")]
    [InlineData("Stopped", null)]
    public void To_be_stopped_in_the_middle_of_reading_is_no_error(string status, string? exception) =>
        Of(status, exception, culprit: null).Error.ShouldBeNull();

    [Theory]
    [InlineData("Paused", "System.TimeoutException: late", null, "System.TimeoutException: late")]
    [InlineData("Stopped", "System.FormatException: broken", 7L, "Event 7 (order_placed): System.FormatException: broken")]
    [InlineData("Stopped", null, 7L, "Event 7 (order_placed): stopped after an error")]
    public void What_stopped_it_is_named(string status, string? exception, long? culprit, string shown) =>
        Of(status, exception, culprit).Error.ShouldBe(shown);

    [Fact]
    public void What_stopped_it_is_forgotten_when_it_runs_again() => Of("Running", exception: null, culprit: 7).Error.ShouldBeNull();

    [Fact]
    public void Errors_are_shown_without_their_stack_trace() => ShardError.WithoutStackTrace(
        "Some.Exception: Failure to apply event #7\n ---> System.Exception: broken\n   at Some.Method()\n   --- End of inner exception stack trace ---")
        .ShouldBe("Some.Exception: Failure to apply event #7 ---> System.Exception: broken");

    private static ShardPosition Of(string status, string? exception, long? culprit)
    {
        var failure = new ShardFailure
        {
            Category = ShardFailureCategory.Other,
            ExceptionType = "Unknown",
            RootExceptionType = "Unknown",
            Message = exception ?? "",
            Detail = exception ?? "",
            OccurredAt = Now,
            Event = culprit is { } sequence ? new EventFailureDetails { Sequence = sequence, EventTypeName = "order_placed" } : null,
        };
        return ShardPosition.Of(new ShardState(Shard, 60) { AgentStatus = status, PauseReason = exception, Failure = failure }, oldestWaiting: null);
    }

    private static ProjectionView Of(RegisteredProjection projection, ShardPosition position, int? node, bool rebuilding = false, bool paused = false)
    {
        var positions = new Dictionary<string, ShardPosition>(StringComparer.Ordinal) { [Shard] = position };
        var hosts = new Dictionary<string, ShardHost>(StringComparer.Ordinal);
        if (node is { } number)
        {
            hosts[Shard] = new ShardHost(number, Failure: null);
        }

        return ProjectionView.Of(projection, generation: 1, rebuilding, paused, setAside: 0, new Positions(100, positions), hosts, Now);
    }
}
