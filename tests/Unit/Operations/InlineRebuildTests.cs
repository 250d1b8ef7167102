using Monolith.Operations.Rebuilding.InPlace;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Operations;

public sealed class InlineRebuildTests
{
    [Fact]
    public void Streams_are_folded_in_batches_of_a_bounded_number_of_events() => InlineRebuild
        .Batches([new("a", 4_000), new("b", 1_000), new("c", 1), new("d", 20_000), new("e", 1)])
        .ShouldBe([["a", "b"], ["c"], ["d"], ["e"]]);

    [Fact]
    public void No_streams_no_batches() => InlineRebuild.Batches([]).ShouldBeEmpty();
}
