using Monolith.Operations.CommandLine;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Operations;

public sealed class CommandCallTests
{
    [Fact]
    public void Without_words_it_lists() => CommandCall.Parse([]).Command.ShouldBe("list");

    [Fact]
    public void A_rebuild_has_a_name_a_reason_and_a_limit() =>
        CommandCall.Parse(["rebuild", "--reason", "a fix", "OrderList", "--max-events-per-second", "500"])
            .ShouldBe(new CommandCall("rebuild", "OrderList", "a fix", InPlace: false, 500));

    [Theory]
    [InlineData("rebuild")]
    [InlineData("rebuild", "A", "B")]
    [InlineData("erase", "A")]
    [InlineData("verify", "A", "--force")]
    [InlineData("verify", "A", "--reason")]
    [InlineData("verify", "A", "--max-events-per-second", "many")]
    public void What_is_not_understood_does_nothing(params string[] arguments) => CommandCall.Parse(arguments).Command.ShouldBeEmpty();
}
