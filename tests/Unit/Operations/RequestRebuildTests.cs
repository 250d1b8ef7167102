using Monolith.Contracts.Operations;
using Monolith.Kernel.Commands;
using Monolith.Operations;
using Monolith.Operations.Projections;
using Monolith.Operations.Rebuilding;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Operations;

public sealed class RequestRebuildTests
{
    private static readonly RequestRebuild Command = new("a fix", Mode: null);
    private static readonly RegisteredProjection Projection = new("OrderList", ProjectionKind.Async, "ordering", ["OrderList:All"], Source: null!);

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Needs_a_reason(string? reason) => new RequestRebuild(reason, Mode: null).Check().Any.ShouldBeTrue();

    [Fact]
    public void In_place_takes_no_limit() => new RequestRebuild("a fix", RebuildMode.InPlace, MaxEventsPerSecond: 1).Check().Any.ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData(RebuildMode.SideBySide)]
    public void Is_side_by_side_unless_asked_otherwise(RebuildMode? mode) =>
        Decide(Command with { Mode = mode, MaxEventsPerSecond = 500 }).Events
            .ShouldBe([new ReplacementRequested("1", "OrderList", 500, "a fix", "otto", DateTimeOffset.UnixEpoch)]);

    [Fact]
    public void In_place_is_recorded_as_such() =>
        Decide(Command with { Mode = RebuildMode.InPlace }).Events
            .ShouldBe([new RebuildRequested("1", "OrderList", "a fix", "otto", DateTimeOffset.UnixEpoch)]);

    [Fact]
    public void Of_an_unknown_projection_is_refused() =>
        RequestRebuild.Decide(Command, projection: null, claim: null, "1", "otto", DateTimeOffset.UnixEpoch).Problem!.Status.ShouldBe(404);

    [Fact]
    public void Is_refused_while_another_runs() => Decide(Command, new OperationClaim("OrderList", "0", OperationKind.Rebuild)).Problem!.Status.ShouldBe(409);

    private static Decision Decide(RequestRebuild command, OperationClaim? claim = null) =>
        RequestRebuild.Decide(command, Projection, claim, "1", "otto", DateTimeOffset.UnixEpoch);
}
