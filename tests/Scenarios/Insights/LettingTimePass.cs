using Monolith.Insights.Clock;

namespace Monolith.Scenarios.Insights;

/// <summary>Windows close although nothing happens.</summary>
public sealed class LettingTimePass(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Time_comes_into_the_log_only_while_a_window_waits_for_it()
    {
        await Ticks();
        (await Advances()).ShouldBe(0);

        await app.HasProduct("TP-1", category: "waiting");
        await app.HasOrder("TP-1");
        await app.Send("GET", $"/v1/insights?minSequence={await app.Head()}");
        await Ticks();
        (await Advances()).ShouldBe(0);

        app.Clock.Move(TimeSpan.FromDays(2));
        await Ticks();
        await Ticks();
        (await Advances()).ShouldBe(1);
        foreach (var processor in new[] { "sales-per-minute", "sales-per-day", "time-to-pay", "customer-sessions", "order-lines" })
        {
            var windows = (await app.Send("GET", $"/v1/insights/{processor}/windows?minSequence={await app.Head()}").Json())["items"]!.AsArray();
            windows.ShouldNotBeEmpty();
            windows.ShouldAllBe(w => (bool)w!["isFinal"]!);
        }

        await Ticks();
        (await Advances()).ShouldBe(1);
    }

    private Task Ticks() => app.Hears(new AdvanceTime());

    private async Task<int> Advances() =>
        (await app.Send("GET", "/admin/events?type=TimeAdvanced").Json())["items"]!.AsArray().Count;
}
