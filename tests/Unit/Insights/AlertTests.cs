using Monolith.Contracts.Insights;
using Monolith.Contracts.Inventory;
using Monolith.Contracts.Ordering;
using Monolith.Insights.Alerts;
using Monolith.Insights.Paying;
using Monolith.Insights.Selling;
using Monolith.Insights.Stock;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Alerting;
using Monolith.Kernel.Folding;
using Monolith.Kernel.Problems;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Insights;

/// <summary>When people are told, and when not again.</summary>
public class AlertTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Log log = new();

    [Fact]
    public void It_takes_several_bad_windows_in_a_row_to_raise_an_alert_and_a_good_one_to_clear_it()
    {
        Fails(0, times: 5);
        log.TimeAdvanced(At(3.5));
        Changes<PaymentFailureRate, Attempts>().ShouldBeEmpty();

        log.TimeAdvanced(At(4.5));
        Changes<PaymentFailureRate, Attempts>().ShouldBe([("payments-failing", "all", AlertChange.Raised)]);

        Fails(10);
        Pays("2", 10.1);
        log.TimeAdvanced(At(30));
        Changes<PaymentFailureRate, Attempts>().Count.ShouldBe(1);

        for (var n = 0; n < 9; n++)
        {
            Pays("2", 40);
        }

        log.TimeAdvanced(At(60));
        Changes<PaymentFailureRate, Attempts>().ShouldBe(
            [("payments-failing", "all", AlertChange.Raised), ("payments-failing", "all", AlertChange.Cleared)]);
    }

    [Fact]
    public void A_good_window_ends_the_row()
    {
        // The windows that end at 1 and 2 are bad, that which ends at 3 is not, and then it takes three again.
        Fails(0, times: 5);
        for (var n = 0; n < 5; n++)
        {
            Pays("1", 2.5);
        }

        log.TimeAdvanced(At(20));
        Changes<PaymentFailureRate, Attempts>().ShouldBeEmpty();
    }

    [Fact]
    public void Few_failures_are_no_news()
    {
        Fails(0, times: 4);
        log.TimeAdvanced(At(20));

        Changes<PaymentFailureRate, Attempts>().ShouldBeEmpty();
    }

    [Fact]
    public void Bad_windows_with_a_gap_between_them_are_not_in_a_row()
    {
        var rule = new AlertRule<Attempts> { Name = "r", Raise = _ => true, Clear = _ => false, For = 2, Says = _ => "s" };
        var fold = new AlertFold<PaymentFailureRate, Attempts>([rule], TimeSpan.FromMinutes(1), []);

        foreach (var minute in new[] { 0, 2, 4, 5 })
        {
            fold.Candidates.ShouldBeEmpty();
            fold.Look(new("w", "all", "", At(minute), At(minute + 5), Closes: null, new Attempts(0, 1), 0), Standing.Final, minute, At(minute));
        }

        fold.Candidates.ShouldHaveSingleItem().Start.ShouldBe(At(5));
    }

    [Fact]
    public void A_raise_and_its_clear_by_one_event_stay_in_their_order()
    {
        log.Placed("1", At(0));
        Pays("1", 30.5);
        log.TimeAdvanced(At(120));

        var changes = Changes<TimeToPay, OrderAndPayment>();
        changes.ShouldBe([("order-unpaid", "1", AlertChange.Raised), ("order-unpaid", "1", AlertChange.Cleared)]);
        var candidates = Flow<TimeToPay, OrderAndPayment>.Of(log.Pages(1)).Candidates;
        candidates.Select(c => c.Sequence).Distinct().Count().ShouldBe(1);
        candidates.Select(c => c.Id).ShouldBeUnique();
    }

    [Fact]
    public void Clocks_that_differ_a_little_do_not_keep_a_cancellation_from_its_order()
    {
        log.Placed("1", At(0));
        log.Add("1", new OrderCancelled("1", CancellationCause.OutOfStock, Words: null, At(-0.2)), At(0));
        log.TimeAdvanced(At(120));

        Changes<TimeToPay, OrderAndPayment>().ShouldBeEmpty();
    }

    [Fact]
    public void An_unpaid_order_is_told_when_its_time_is_over_and_cleared_when_it_is_paid_after_all()
    {
        log.Placed("1", At(0));
        log.Placed("2", At(0));
        Pays("2", 10);
        log.TimeAdvanced(At(39.5));
        Changes<TimeToPay, OrderAndPayment>().ShouldBeEmpty();

        log.TimeAdvanced(At(40));
        Changes<TimeToPay, OrderAndPayment>().ShouldBe([("order-unpaid", "1", AlertChange.Raised)]);

        Pays("1", 45);
        log.TimeAdvanced(At(60));
        Changes<TimeToPay, OrderAndPayment>().ShouldBe([("order-unpaid", "1", AlertChange.Raised), ("order-unpaid", "1", AlertChange.Cleared)]);
    }

    [Fact]
    public void A_cancelled_order_needs_no_payment()
    {
        log.Placed("1", At(0));
        log.Add("1", new OrderCancelled("1", CancellationCause.Customer, "r", At(5)), At(5));
        log.TimeAdvanced(At(60));

        Changes<TimeToPay, OrderAndPayment>().ShouldBeEmpty();
    }

    [Fact]
    public void Low_stock_is_told_at_once_and_again_only_after_there_was_enough()
    {
        Receives(30);
        Reserves(15);
        Changes<StockLevels, StockLevel>().ShouldBeEmpty();
        Reserves(6);
        Reserves(1);
        Receives(5);
        Reserves(5);
        Changes<StockLevels, StockLevel>().ShouldBe([("stock-low", "TEA", AlertChange.Raised)]);

        Receives(12);
        Reserves(12);
        var flow = Flow<StockLevels, StockLevel>.Of(log.Pages(1));
        flow.Candidates.Select(c => c.Change).ShouldBe([AlertChange.Raised, AlertChange.Cleared, AlertChange.Raised]);
        flow.Candidates[1].Alert.ShouldBe(flow.Candidates[0].Alert);
        flow.Candidates[2].Alert.ShouldNotBe(flow.Candidates[0].Alert);
        flow.Windows.Single().State.Available.ShouldBe(8);
    }

    [Fact]
    public void An_hour_without_sales_is_compared_with_that_of_last_week()
    {
        log.Placed("1", At(0), quantity: 100);
        log.TimeAdvanced(At(0).AddDays(7).AddMinutes(64));
        Changes<RevenueWeekOverWeek, RevenueOfTwoWeeks>().ShouldBeEmpty();

        log.TimeAdvanced(At(0).AddDays(7).AddMinutes(65));
        Changes<RevenueWeekOverWeek, RevenueOfTwoWeeks>().ShouldBe([("revenue-dropped", "all", AlertChange.Raised)]);
        Flow<RevenueWeekOverWeek, RevenueOfTwoWeeks>.Of(log.Pages(1)).Windows.Select(w => (w.Start, w.State.Revenue, w.State.LastWeek))
            .ShouldBe([(At(0), 450m, 0m), (At(0).AddDays(7), 0m, 450m)]);

        // A week later there is nothing to compare with, and so nothing to tell.
        log.TimeAdvanced(At(0).AddDays(30));
        Changes<RevenueWeekOverWeek, RevenueOfTwoWeeks>().Count.ShouldBe(1);
    }

    [Fact]
    public void As_much_as_last_week_is_no_news_although_time_jumped()
    {
        log.Placed("1", At(0), quantity: 100);
        log.Placed("2", At(0).AddDays(7), quantity: 90);
        log.TimeAdvanced(At(0).AddDays(8));

        Changes<RevenueWeekOverWeek, RevenueOfTwoWeeks>().ShouldBeEmpty();
        Flow<RevenueWeekOverWeek, RevenueOfTwoWeeks>.Of(log.Pages(1)).Windows.Select(w => (w.State.Revenue, w.State.LastWeek))
            .ShouldBe([(450m, 0m), (405m, 450m), (0m, 405m)]);
    }

    [Fact]
    public void The_ledger_takes_an_alert_once()
    {
        var cursor = AlertCursor.New("stock-levels", head: 0, generation: 1);
        var first = AlertLedger.Decide([Raised(1), Cleared(2)], Known(), cursor).ShouldHaveSingleItem();
        first.Events.Select(e => e.GetType()).ShouldBe([typeof(AlertRaised), typeof(AlertCleared)]);
        ((AlertRaised)first.Events[0]).IsRetroactive.ShouldBeFalse();

        AlertLedger.Decide([Raised(1), Cleared(2)], Known(first.Events), cursor).ShouldBeEmpty();
        AlertLedger.Decide([Raised(1), Cleared(2)], Known([first.Events[0]]), cursor).Single().Events.ShouldHaveSingleItem().ShouldBeOfType<AlertCleared>();
        AlertLedger.Decide([Cleared(2)], Known(), cursor).ShouldBeEmpty();
    }

    [Fact]
    public void What_turns_up_in_the_past_is_recorded_and_wakes_nobody()
    {
        // Nothing was told, and nothing was there to be told, up to the fifth event.
        var cursor = AlertCursor.New("stock-levels", head: 0, generation: 1).After([], position: 5).In(generation: 2);
        (cursor.Place, cursor.IsComplete).ShouldBe(("", false));

        var past = AlertLedger.Decide([Raised(3), Cleared(6)], Known(), cursor).Single().Events;
        ((AlertRaised)past[0]).IsRetroactive.ShouldBeTrue();
        ((AlertCleared)past[1]).IsRetroactive.ShouldBeTrue("who was not told of the one is not told of the other");
        ((AlertRaised)AlertLedger.Decide([Raised(6)], Known(), cursor).Single().Events[0]).IsRetroactive.ShouldBeFalse();
        cursor.After([Raised(3)], position: 4).Through.ShouldBe(5);
    }

    [Fact]
    public void What_is_half_computed_again_does_not_end_what_it_has_not_come_to()
    {
        var cursor = AlertCursor.New("stock-levels", head: 0, generation: 1).After([], position: 5).In(generation: 2);

        cursor.After([Raised(1)], position: 4).IsComplete.ShouldBeFalse();
        cursor.After([Raised(1)], position: 4).After([], position: 5).IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void What_is_left_of_a_full_page_is_still_news()
    {
        var cursor = AlertCursor.New("stock-levels", head: 0, generation: 1).After([Raised(7)], position: null);

        (cursor.Through, cursor.IsComplete).ShouldBe((0, false));
        cursor.IsOfLongAgo(Raised(7)).ShouldBeFalse();
        cursor.After([Raised(8)], position: 9).ShouldBe(new AlertCursor("stock-levels", Raised(8).Place, 9, 1, IsComplete: true));
    }

    [Fact]
    public void A_processor_that_is_new_here_tells_nothing_of_what_was_before()
    {
        var cursor = AlertCursor.New("stock-levels", head: 7, generation: 1);

        cursor.IsOfLongAgo(Raised(7)).ShouldBeTrue();
        cursor.IsOfLongAgo(Raised(8)).ShouldBeFalse();
    }

    [Fact]
    public void Somebody_looks_after_an_alert_as_long_as_it_is_not_over()
    {
        var open = Known(AlertLedger.Decide([Raised(1)], Known(), AlertCursor.New("p", 0, 1)).Single().Events)["a"];
        var command = new AcknowledgeAlert("on it");

        var decision = AcknowledgeAlert.Decide(open, command, "otto", Noon);
        decision.Events.ShouldBe([new AlertAcknowledged("a", "otto", "on it", Noon)]);
        var acknowledged = Folded.After(open, decision.Events)!;
        acknowledged.State.ShouldBe(AlertState.Acknowledged);
        AcknowledgeAlert.Decide(acknowledged, command, "otto", Noon).Events.ShouldBeEmpty();
        var over = Folded.After(acknowledged, [new AlertCleared("a", "r", "k", "s", IsRetroactive: false, Noon)])!;
        over.State.ShouldBe(AlertState.Cleared);
        AcknowledgeAlert.Decide(over, command, "otto", Noon).Problem!.Type.ShouldBe($"/problems/{ProblemTypes.StateConflict.Slug}");
    }

    private static DateTimeOffset At(double minutes) => Noon.AddMinutes(minutes);

    private static Candidate Raised(long sequence) => Candidate(sequence, isRaised: true);

    private static Candidate Cleared(long sequence) => Candidate(sequence, isRaised: false);

    private static Candidate Candidate(long sequence, bool isRaised) =>
        new($"{sequence:D19}/000000", sequence, "a", "rule", "stock-levels", "TEA", isRaised, "s", Noon, Noon, Noon);

    private static Dictionary<string, Alert> Known(params IEnumerable<object> events) =>
        Folded.From<Alert>(events) is { } alert ? new() { ["a"] = alert } : [];

    private void Fails(double minutes, int times = 1)
    {
        for (var n = 0; n < times; n++)
        {
            log.Add("f", new PaymentFailed("f", "p", "r", At(minutes)), At(minutes));
        }
    }

    private void Pays(string order, double minutes) => log.Add(order, new PaymentReceived(order, "p", 1, "EUR", "r", At(minutes)), At(minutes));

    private void Receives(int pieces) => log.Add("stock-TEA", new StockReceived("TEA", pieces, "r", At(0)), At(0));

    private void Reserves(int pieces) => log.Add("stock-TEA", new QuantityReserved("TEA", "o", pieces, At(0)), At(0));

    /// <summary>Event by event, and at once, which makes no difference.</summary>
    private List<(string Rule, string Key, AlertChange Change)> Changes<TProcessor, TState>()
        where TProcessor : Processor<TProcessor, TState>, new()
        where TState : class
    {
        var flow = Flow<TProcessor, TState>.Of(log.Pages(1));
        Flow<TProcessor, TState>.Of(log.Pages(1_000)).Stored.ShouldBe(flow.Stored);
        return [.. flow.Candidates.Select(c => (c.Rule, c.Key, c.Change))];
    }
}
