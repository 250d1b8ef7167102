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

    [Theory]
    [InlineData(null)]
    [InlineData(RebuildMode.InPlace)]
    public void Is_recorded(RebuildMode? mode) =>
        Decide(Command with { Mode = mode }).Events.ShouldBe([new RebuildRequested("1", "OrderList", "a fix", "otto", DateTimeOffset.UnixEpoch)]);

    [Fact]
    public void Of_an_unknown_projection_is_refused() =>
        RequestRebuild.Decide(Command, projection: null, claim: null, "1", "otto", DateTimeOffset.UnixEpoch).Problem!.Status.ShouldBe(404);

    [Fact]
    public void Side_by_side_is_refused() => Decide(Command with { Mode = RebuildMode.SideBySide }).Problem!.Status.ShouldBe(422);

    [Fact]
    public void Is_refused_while_another_runs() => Decide(Command, new OperationClaim("OrderList", "0")).Problem!.Status.ShouldBe(409);

    private static Decision Decide(RequestRebuild command, OperationClaim? claim = null) =>
        RequestRebuild.Decide(command, Projection, claim, "1", "otto", DateTimeOffset.UnixEpoch);
}
