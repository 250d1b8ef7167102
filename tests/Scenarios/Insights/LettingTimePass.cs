using Monolith.Insights.Clock;
using Monolith.Scenarios.Operations;

namespace Monolith.Scenarios.Insights;

/// <summary>Windows close although nothing happens. Each case has a log and a clock of its own.</summary>
public sealed class LettingTimePass(TestServer server) : IAsyncLifetime
{
    private readonly App app = new(server);

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Time_comes_into_the_log_only_while_a_window_waits_for_it()
    {
        // The clock of the database is believed, too, and that one stays where it is.
        app.Clock.Move(-TimeSpan.FromDays(3));
        await Ticks();
        (await Advances()).ShouldBe(0);

        await app.HasProduct("TP-1", category: "waiting");
        // Paid, or it would be cancelled when time has passed, which opens a window.
        await app.Pays(await app.HasOrder("TP-1"));
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

    [Fact]
    public async Task A_node_that_is_ahead_of_its_time_closes_nothing()
    {
        await app.HasProduct("TP-2", category: "ahead");
        app.Clock.Move(TimeSpan.FromDays(30));
        await app.HasOrder("TP-2");
        app.Clock.Move(TimeSpan.FromDays(30));
        await app.Send("GET", $"/v1/insights?minSequence={await app.Head()}");
        var before = await Advances();

        await Ticks();

        (await Advances()).ShouldBe(before);
    }

    [Fact]
    public async Task Every_minute_it_is_looked_whether_something_waits()
    {
        await using var ticking = new App(server) { Settings = { ["Insights:AdvanceTime"] = "true" } };
        await ticking.InitializeAsync();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await ticking.Number("select count(*) from wolverine.wolverine_incoming_envelopes where message_type like '%AdvanceTime%'") == 0)
        {
            patience.IsCancellationRequested.ShouldBeFalse("nothing is scheduled");
        }
    }

    private Task Ticks() => app.Hears(new AdvanceTime());

    private async Task<int> Advances() =>
        (await app.Send("GET", "/admin/events?type=TimeAdvanced").Json())["items"]!.AsArray().Count;
}
