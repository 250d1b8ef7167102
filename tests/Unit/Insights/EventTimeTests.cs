using Monolith.Contracts.Ordering;
using Monolith.Insights.Activity;
using Monolith.Insights.Paying;
using Monolith.Insights.Products;
using Monolith.Insights.Selling;
using Monolith.Insights.Streaming;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Insights;

/// <summary>What becomes of windows as event time passes.</summary>
public class EventTimeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Log log = new();

    [Fact]
    public void What_comes_late_within_the_grace_corrects_the_window_and_is_counted()
    {
        log.Placed("1", At(0));
        log.Placed("2", At(3));
        log.Placed("3", At(0.5), recorded: At(3), quantity: 4);

        var window = Read<SalesPerMinute, Sales>().Windows.First();
        (window.Start, window.State.Orders, window.State.Items, window.Revision, window.IsFinal).ShouldBe((At(0), 2, 5, 1, false));
    }

    [Fact]
    public void What_comes_in_disorder_before_the_end_corrects_nothing()
    {
        log.Placed("1", At(0.8));
        log.Placed("2", At(0.2), recorded: At(0.8));

        Read<SalesPerMinute, Sales>().Windows.ShouldHaveSingleItem().Revision.ShouldBe(0);
    }

    [Fact]
    public void A_window_is_final_when_its_grace_is_over_and_what_comes_then_is_late()
    {
        log.Placed("1", At(0));
        log.Placed("2", At(6));
        log.Placed("3", At(0.5), recorded: At(6));

        var flow = Read<SalesPerMinute, Sales>();
        flow.Windows.Select(w => (w.State.Orders, w.IsFinal)).ShouldBe([(1, true), (1, false)]);
        var late = flow.Late.ShouldHaveSingleItem();
        (late.Sequence, late.Reason, late.Key, late.Start, late.EventTime, late.TakenAs).ShouldBe((3, Misfit.Late, "tea", At(0), At(0.5), At(6)));
        flow.Time.Late.ShouldBe(1);
    }

    [Fact]
    public void An_event_does_not_make_itself_late()
    {
        log.Placed("1", At(0));
        log.Placed("2", At(600));

        Read<SalesPerMinute, Sales>().Late.ShouldBeEmpty();
    }

    [Fact]
    public void Time_that_passes_in_the_log_closes_windows_when_nothing_else_happens()
    {
        log.Placed("1", At(0));
        log.TimeAdvanced(At(6));

        Read<SalesPerMinute, Sales>().Windows.ShouldHaveSingleItem().IsFinal.ShouldBeTrue();
    }

    [Fact]
    public void An_event_of_the_future_counts_as_late_as_may_be_and_is_reported()
    {
        log.Placed("1", At(0));
        log.Placed("2", At(100_000), recorded: At(0));

        var flow = Read<SalesPerMinute, Sales>();
        flow.Time.Watermark.ShouldBe(At(1));
        flow.Time.Clamped.ShouldBe(1);
        flow.Windows.Select(w => w.Start).ShouldBe([At(0), At(1)]);
        var reported = flow.Late.ShouldHaveSingleItem();
        (reported.Reason, reported.EventTime, reported.TakenAs, reported.Key).ShouldBe((Misfit.Future, At(100_000), At(1), null));
    }

    [Fact]
    public void A_cancellation_counts_in_its_own_time_under_the_categories_of_the_order()
    {
        log.Placed("1", At(0), sku: "POT");
        log.Add("1", new OrderCancelled("1", CancellationCause.Customer, "r", At(2)), At(2));

        Read<SalesPerMinute, Sales>().Windows.Select(w => (w.Key, w.Start, w.State.Orders, w.State.Cancellations))
            .ShouldBe([("kitchen", At(0), 1, 0), ("kitchen", At(2), 0, 1)]);
    }

    [Fact]
    public void A_currency_has_windows_of_its_own()
    {
        log.Placed("1", At(0), sku: "RICE");
        log.Placed("2", At(0), sku: "TEA");

        Read<SalesPerMinute, Sales>().Windows.Select(w => (w.Key, w.State.Currency, w.State.Revenue)).ShouldBe([("food", "JPY", 700m), ("tea", "EUR", 4.50m)]);
    }

    [Fact]
    public void A_late_event_joins_two_sessions()
    {
        log.Placed("1", At(0));
        log.Placed("2", At(34));
        Read<CustomerSessions, Doings>().Windows.Select(w => (w.Start, w.End)).ShouldBe([(At(0), At(30)), (At(34), At(64))]);

        log.Placed("3", At(20), recorded: At(34));
        var session = Read<CustomerSessions, Doings>().Windows.ShouldHaveSingleItem();
        (session.Start, session.End, session.State.Orders, session.Revision).ShouldBe((At(0), At(64), 3, 1));
    }

    [Fact]
    public void A_session_that_is_final_is_not_joined_any_more()
    {
        log.Placed("1", At(0));
        log.Placed("2", At(36));
        log.Placed("3", At(20), recorded: At(36));

        Read<CustomerSessions, Doings>().Windows.Select(w => (w.Start, w.End, w.State.Orders, w.IsFinal))
            .ShouldBe([(At(0), At(30), 1, true), (At(20), At(66), 2, false)]);
    }

    [Fact]
    public void Sessions_of_different_customers_are_their_own()
    {
        log.Placed("1", At(0));
        log.Placed("2", At(1), customer: "bert");

        Read<CustomerSessions, Doings>().Windows.Select(w => w.Key).ShouldBe(["anna", "bert"]);
    }

    [Theory]
    [InlineData(0, TimeToPay.Outcome.Paid, 0.0)]
    [InlineData(29, TimeToPay.Outcome.Paid, 1740.0)]
    [InlineData(30, TimeToPay.Outcome.Unpaid, null)]
    public void An_order_is_joined_with_a_payment_in_time(double minutes, object outcome, double? seconds)
    {
        log.Placed("1", At(0));
        Pays("1", minutes);
        log.TimeAdvanced(At(100));

        var shown = Shown(Read<TimeToPay, OrderAndPayment>()).First();
        (shown.Outcome, shown.SecondsToPay).ShouldBe(((TimeToPay.Outcome)outcome, seconds));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_comes_shortly_before_the_end_of_a_join_does_not_stretch_it(bool orderFirst)
    {
        if (orderFirst)
        {
            log.Placed("1", At(0));
        }

        log.Add("1", new OrderCancelled("1", CancellationCause.Customer, "r", At(29.8)), At(29.8));
        Pays("1", 30.5);
        if (!orderFirst)
        {
            log.Placed("1", At(0), recorded: At(30.5));
        }

        Shown(Read<TimeToPay, OrderAndPayment>()).Select(s => s.Outcome).ShouldBe([TimeToPay.Outcome.Cancelled, TimeToPay.Outcome.PaymentAlone], ignoreOrder: true);
    }

    [Fact]
    public void Either_side_of_a_join_comes_out_alone_when_its_time_is_over()
    {
        log.Placed("1", At(0));
        Shown(Read<TimeToPay, OrderAndPayment>()).Single().Outcome.ShouldBe(TimeToPay.Outcome.Waiting);

        Pays("1", 45);
        log.TimeAdvanced(At(100));

        var both = Read<TimeToPay, OrderAndPayment>();
        Shown(both).Select(s => s.Outcome).ShouldBe([TimeToPay.Outcome.Unpaid, TimeToPay.Outcome.PaymentAlone]);
        both.Windows.ShouldAllBe(w => w.IsFinal);
    }

    [Fact]
    public void The_sides_of_a_join_may_come_in_any_order()
    {
        log.Add("pay", new PaymentReceived("1", "p", 1, "EUR", "r", At(2)), At(2));
        log.Placed("1", At(0), recorded: At(2));

        Shown(Read<TimeToPay, OrderAndPayment>()).Single().SecondsToPay.ShouldBe(120);
    }

    [Fact]
    public void A_line_has_the_product_as_it_was_at_that_point_of_the_log()
    {
        Revised("Green tea", 4.50m);
        log.Placed("1", At(1));
        Revised("Old green tea", 9m);
        log.Placed("2", At(2));
        log.Placed("3", At(2), sku: "POT");

        Read<OrderLines, LineWithProduct>().Windows.OrderBy(w => w.Part).Select(w => (w.Key, w.State.Product?.Name))
            .ShouldBe([("TEA", "Green tea"), ("TEA", "Old green tea"), ("POT", null)]);
    }

    [Fact]
    public void Payments_that_fail_are_a_share_of_all_attempts()
    {
        Pays("1", 0);
        log.Add("2", new PaymentFailed("2", "p", "r", At(0.1)), At(0.1));
        log.Add("2", new PaymentFailed("2", "p", "r", At(1)), At(1));

        var flow = Read<PaymentFailureRate, Attempts>();
        flow.Windows.Count.ShouldBe(6);
        flow.Windows.Where(w => w.Start <= At(0) && w.End > At(1)).ShouldAllBe(w => w.State.FailureRate == 0.6667m);
        flow.Windows.Single(w => w.End == At(1)).State.FailureRate.ShouldBe(0.5m);
    }

    [Fact]
    public void The_best_sold_products_are_ranked_by_pieces()
    {
        log.Placed("1", At(0), sku: "TEA", quantity: 2);
        log.Placed("2", At(1), sku: "POT", quantity: 1);
        log.Placed("3", At(2), sku: "POT", quantity: 3);

        TopProducts.Ranked(Read<TopProducts, SoldProducts>().Windows.Single().State).ShouldBe([new(1, "POT", 4, 2), new(2, "TEA", 2, 1)]);
    }

    private static DateTimeOffset At(double minutes) => Noon.AddMinutes(minutes);

    private static IEnumerable<TimeToPay.Shown> Shown(Flow<TimeToPay, OrderAndPayment> flow) =>
        flow.Windows.Select(w => TimeToPay.Show(w.State, w.IsFinal ? Standing.Final : Standing.Open));

    private void Pays(string order, double minutes) => log.Add(order, new PaymentReceived(order, "p", 1, "EUR", "r", At(minutes)), At(minutes));

    private void Revised(string name, decimal price) => log.Add(
        "product-TEA", new Monolith.Contracts.Catalog.ProductRevised("TEA", name, price, "EUR", 0.1m, "tea", Active: true, At(0)), At(0));

    /// <summary>Event by event, and at once, which makes no difference.</summary>
    private Flow<TProcessor, TState> Read<TProcessor, TState>()
        where TProcessor : Processor<TProcessor, TState>, new()
        where TState : class
    {
        var flow = Flow<TProcessor, TState>.Of(log.Pages(1));
        Flow<TProcessor, TState>.Of(log.Pages(1_000)).Stored.ShouldBe(flow.Stored);
        return flow;
    }
}
