using CsCheck;
using Monolith.Contracts.Inventory;
using Monolith.Contracts.Ordering;
using Monolith.Insights.Activity;
using Monolith.Insights.Paying;
using Monolith.Insights.Products;
using Monolith.Insights.Selling;
using Monolith.Insights.Stock;
using Monolith.Insights.Streaming;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Insights;

/// <summary>The same log gives the same windows, wherever it is cut; and within the bound of disorder, the same in any order.</summary>
public class SameLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>No processor lets in less than this.</summary>
    private static readonly TimeSpan ShortestGrace = TimeSpan.FromMinutes(1);

    [Fact]
    public void Sales_do_not_depend_on_where_the_log_is_cut() => DoesNotDependOnCuts<SalesPerMinute, Sales>();

    [Fact]
    public void Failure_rates_do_not_depend_on_where_the_log_is_cut() => DoesNotDependOnCuts<PaymentFailureRate, Attempts>();

    [Fact]
    public void Sessions_do_not_depend_on_where_the_log_is_cut() => DoesNotDependOnCuts<CustomerSessions, Doings>();

    [Fact]
    public void Joins_do_not_depend_on_where_the_log_is_cut() => DoesNotDependOnCuts<TimeToPay, OrderAndPayment>();

    [Fact]
    public void Carried_revenue_does_not_depend_on_where_the_log_is_cut() => DoesNotDependOnCuts<RevenueWeekOverWeek, RevenueOfTwoWeeks>();

    [Fact]
    public void Stock_does_not_depend_on_where_the_log_is_cut() => DoesNotDependOnCuts<StockLevels, StockLevel>();

    [Fact]
    public void Lines_do_not_depend_on_where_the_log_is_cut() => DoesNotDependOnCuts<OrderLines, LineWithProduct>();

    [Fact]
    public void Top_products_do_not_depend_on_where_the_log_is_cut() => DoesNotDependOnCuts<TopProducts, SoldProducts>();

    [Fact]
    public void Within_the_bound_of_disorder_the_order_makes_no_difference() => Stories.Sample(stories =>
    {
        SameInAnyOrder<SalesPerMinute, Sales>(stories);
        SameInAnyOrder<PaymentFailureRate, Attempts>(stories);
        SameInAnyOrder<CustomerSessions, Doings>(stories);
        SameInAnyOrder<TimeToPay, OrderAndPayment>(stories);
        SameInAnyOrder<TopProducts, SoldProducts>(stories);
    }, iter: 200);

    [Fact]
    public void Every_order_is_in_its_window_or_reported_as_late() => Wild.Sample((stories, cuts) =>
    {
        var flow = Flow<SalesPerMinute, Sales>.Of(LogOf(stories).Pages(cuts));

        (flow.Windows.Sum(w => w.State.Orders + w.State.Cancellations) + flow.Time.Late).ShouldBe(
            stories.Length + stories.Count(s => s.CancelledAfter is not null));
    }, iter: 200);

    [Fact]
    public void A_final_window_never_changes_again() => Wild.Sample((stories, _) =>
    {
        var flow = new Flow<CustomerSessions, Doings>();
        var final = new HashSet<Window<CustomerSessions, Doings>>();
        foreach (var e in LogOf(stories).Events)
        {
            flow.Read(e);
            final.Except(flow.Windows).ShouldBeEmpty();
            final.UnionWith(flow.Windows.Where(w => w.IsFinal));
        }
    }, iter: 200);

    [Fact]
    public void Open_sessions_of_a_customer_never_overlap_and_equal_a_recount() => Stories.Sample(stories =>
    {
        var flow = Flow<CustomerSessions, Doings>.Of(LogOf(stories).Pages(3));

        flow.Windows.Select(w => (w.Key, w.Start, w.End)).Order().ShouldBe(Recount(stories).Order());
    }, iter: 200);

    /// <summary>An order; what became of it, in seconds after; and how long the log took to hear of each of these.</summary>
    private sealed record Story(int Number, int Customer, string Sku, int Second, int? PaidAfter, int? FailedAfter, int? CancelledAfter, int[] Delays);

    private static Gen<int?> Maybe(int most) => Gen.Int[-most, most].Select(n => n > 0 ? n : (int?)null);

    private static Gen<Story[]> Told(int longestDelay) => Gen.Select(
        Gen.Int[0, 2], Gen.OneOf("TEA", "POT", "RICE"), Gen.Int[0, 20_000],
        Maybe(4_000), Maybe(900), Maybe(900), Gen.Int[0, longestDelay].Array[4],
        (customer, sku, second, paid, failed, cancelled, delays) => new Story(0, customer, sku, second, paid, failed, cancelled, delays))
        .Array[1, 15]
        .Select(stories => stories.Select((s, n) => s with { Number = n }).ToArray());

    private static readonly Gen<Story[]> Stories = Told(longestDelay: (int)ShortestGrace.TotalSeconds - 1);

    private static readonly Gen<(Story[], int[])> Wild = Gen.Select(Told(longestDelay: 3_000), Gen.Int[1, 7].Array[1, 6]);

    private static void DoesNotDependOnCuts<TProcessor, TState>()
        where TProcessor : Processor<TProcessor, TState>, new()
        where TState : class => Wild.Sample((stories, cuts) =>
        {
            var log = LogOf(stories);
            var atOnce = Flow<TProcessor, TState>.Of(log.Pages(500)).Stored;

            Flow<TProcessor, TState>.Of(log.Pages(1)).Stored.ShouldBe(atOnce);
            Flow<TProcessor, TState>.Of(log.Pages(7)).Stored.ShouldBe(atOnce);
            Flow<TProcessor, TState>.Of(log.Pages(cuts)).Stored.ShouldBe(atOnce);
        }, iter: 200);

    /// <summary>Revisions count what came late, so they alone tell the orders apart.</summary>
    private static void SameInAnyOrder<TProcessor, TState>(Story[] stories)
        where TProcessor : Processor<TProcessor, TState>, new()
        where TState : class
    {
        var late = Flow<TProcessor, TState>.Of(LogOf(stories).Pages(5));
        var inTime = Flow<TProcessor, TState>.Of(LogOf([.. stories.Select(s => s with { Delays = [0, 0, 0, 0] })]).Pages(5));

        late.Late.ShouldBeEmpty();
        late.Windows.ShouldAllBe(w => w.IsFinal);
        Text(late).ShouldBe(Text(inTime));

        static string Text(Flow<TProcessor, TState> flow) =>
            System.Text.Json.JsonSerializer.Serialize(flow.Windows.Select(w => w with { Revision = 0 }));
    }

    /// <summary>What happened, in the order in which it was heard of; an order is heard of before what became of it. Then time passes.</summary>
    private static Log LogOf(Story[] stories)
    {
        var log = new Log();
        var facts = stories.SelectMany(Facts).OrderBy(f => f.Recorded).ThenBy(f => f.Order, StringComparer.Ordinal).ToList();
        foreach (var (order, e, recorded) in facts)
        {
            log.Add(order, e, recorded);
            if (log.Events.Count % 7 == 0)
            {
                log.TimeAdvanced(recorded.AddSeconds(-(int)ShortestGrace.TotalSeconds));
            }
        }

        // Beyond a week, so that what is carried over is due, too.
        log.TimeAdvanced(Noon.AddDays(10));
        return log;
    }

    private static IEnumerable<(string Order, object Event, DateTimeOffset Recorded)> Facts(Story story)
    {
        var id = $"order-{story.Number:D2}";
        var placed = Noon.AddSeconds(story.Second);
        yield return ("stock", new QuantityReserved(story.Sku, id, 1 + story.Number, placed), placed.AddSeconds(story.Delays[0]));
        yield return ("stock", new StockReceived(story.Sku, 12, "r", placed), placed.AddSeconds(story.Delays[3]));
        yield return (id, Ordering.Given.Placed(id, $"customer-{story.Customer}", story.Sku, 1 + story.Number, placed), placed.AddSeconds(story.Delays[0]));
        var known = placed.AddSeconds(story.Delays[0]);
        foreach (var (after, delay, make) in new (int?, int, Func<DateTimeOffset, object>)[]
        {
            (story.PaidAfter, story.Delays[1], at => new PaymentReceived(id, "p", 1, "EUR", "r", at)),
            (story.FailedAfter, story.Delays[2], at => new PaymentFailed(id, "p", "r", at)),
            (story.CancelledAfter, story.Delays[3], at => new OrderCancelled(id, CancellationCause.Customer, "r", at)),
        })
        {
            if (after is { } seconds && placed.AddSeconds(seconds) is var at)
            {
                var heard = at.AddSeconds(delay);
                yield return (id, make(at), heard > known ? heard : known.AddTicks(10));
            }
        }
    }

    private static IEnumerable<(string Customer, DateTimeOffset Start, DateTimeOffset End)> Recount(Story[] stories) => stories
        .SelectMany(s => Facts(s).Where(f => f.Order != "stock").Select(f => (Customer: $"customer-{s.Customer}", At: TimeOf(f.Event))))
        .GroupBy(f => f.Customer)
        .SelectMany(g => g.Select(f => f.At).Order().Aggregate(
            new List<(string Customer, DateTimeOffset Start, DateTimeOffset End)>(),
            (sessions, at) =>
            {
                if (sessions is [.., var last] && at < last.End)
                {
                    sessions[^1] = (g.Key, last.Start, at.AddMinutes(30));
                }
                else
                {
                    sessions.Add((g.Key, at, at.AddMinutes(30)));
                }

                return sessions;
            }));

    private static DateTimeOffset TimeOf(object e) => Monolith.Ordering.OrderEvents.TimeOf(e)!.Value;
}
