using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Shouldly;
using Wolverine.Http;
using Xunit;

namespace Monolith.Unit.Kernel;

public class CommandTests
{
    [Fact]
    public void An_accepted_command_has_its_events_in_order_and_no_problem()
    {
        var decision = Decision.Accept("first", "second");

        decision.Events.ShouldBe(["first", "second"]);
        decision.Problem.ShouldBeNull();
    }

    [Fact]
    public void A_rejected_command_has_a_problem_and_no_events()
    {
        var decision = Decision.Reject(ProblemTypes.StateConflict, "too late");

        decision.Events.ShouldBeEmpty();
        (decision.Problem!.Type, decision.Problem.Status, decision.Problem.Detail).ShouldBe(("/problems/state-conflict", 409, "too late"));
    }

    [Fact]
    public void A_command_may_change_nothing()
    {
        Decision.Nothing.Events.ShouldBeEmpty();
        Decision.Nothing.Problem.ShouldBeNull();
    }

    [Fact]
    public void Everything_wrong_with_an_input_is_told_by_field()
    {
        var problem = new InputErrors().Add("b", "1").Require(holds: true, "c", "2").Require(holds: false, "a", "3").Add("b", "4").ToProblem();

        (problem.Type, problem.Status).ShouldBe(("/problems/invalid-input", 400));
        var errors = problem.Extensions["errors"].ShouldBeOfType<Dictionary<string, string[]>>();
        errors.Keys.ShouldBe(["a", "b"]);
        errors["b"].ShouldBe(["1", "4"]);
    }

    [Fact]
    public void A_good_input_is_no_problem() => new InputErrors().ToProblem().ShouldBeSameAs(WolverineContinue.NoProblems);

    [Theory]
    [InlineData("tea", null)]
    [InlineData(null, "is required")]
    [InlineData("", "is required")]
    [InlineData(" \t", "must not be blank")]
    [InlineData("12345678901", "must have at most 10 characters")]
    [InlineData("a\0b", "must not contain the NUL character")]
    public void A_text_says_something(string? text, string? complaint) =>
        new InputErrors().Text(text, "name", longest: 10).ToProblem().Extensions.TryGetValue("errors", out var errors).ShouldBe(
            complaint is not null && ((Dictionary<string, string[]>)errors!)["name"].SequenceEqual([complaint]));

    [Theory]
    [InlineData("TEA-1_b.2", true)]
    [InlineData("", false)]
    [InlineData("TEA 1", false)]
    [InlineData("TEA/1", false)]
    [InlineData("TÉA", false)]
    [InlineData("TEA\n", false)]
    [InlineData(null, false)]
    public void A_SKU_has_a_form(string? sku, bool valid) => Sku.IsValid(sku).ShouldBe(valid);

    [Fact]
    public void A_SKU_has_at_most_64_characters()
    {
        Sku.IsValid(new string('a', 64)).ShouldBeTrue();
        Sku.IsValid(new string('a', 65)).ShouldBeFalse();
    }

    [Fact]
    public void Business_time_is_utc_and_exact_to_the_microsecond()
    {
        var time = new DateTimeOffset(2026, 1, 31, 1, 0, 0, TimeSpan.FromHours(2)).AddTicks(12_345_678).ToMicroseconds();

        time.ToString("O").ShouldBe("2026-01-30T23:00:01.2345670+00:00");
    }
}
