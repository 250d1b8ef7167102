using CsCheck;
using Monolith.Contracts.Ordering;
using Monolith.Ordering;
using Monolith.Ordering.Reporting;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Ordering;

/// <summary>The daily report and the customer summary count every order once, however the log is cut into pages.</summary>
public class TallyTests
{
    [Fact]
    public void Orders_per_day_equal_a_recount_however_the_log_is_cut() => Logs.Sample((log, cuts) =>
    {
        var rows = Fold(new OrdersPerDayProjection(), Pages(log, cuts));

        Fold(new OrdersPerDayProjection(), [log]).ShouldBe(rows, ignoreOrder: true);
        rows.Where(row => row.Orders > 0).ShouldBe(
            Recount(log)
                .GroupBy(o => (Day: DateOnly.FromDateTime(o.PlacedAt.UtcDateTime), o.Currency, o.Status))
                .Select(g => new OrdersPerDay(
                    $"{g.Key.Day:yyyy-MM-dd}/{g.Key.Currency}/{g.Key.Status}", g.Key.Day, g.Key.Status, g.Count(), g.Sum(o => o.Total), g.Key.Currency)),
            ignoreOrder: true);
        rows.ShouldAllBe(row => row.Orders > 0 || row.Total == 0);
    }, iter: 200);

    [Fact]
    public void Customer_summaries_equal_a_recount_however_the_log_is_cut() => Logs.Sample((log, cuts) =>
    {
        var rows = Fold(new CustomerSummaryProjection(), Pages(log, cuts)).Select(Text);

        Fold(new CustomerSummaryProjection(), [log]).Select(Text).ShouldBe(rows, ignoreOrder: true);
        rows.ShouldBe(
            Recount(log).GroupBy(o => o.CustomerId).Select(g => Text(new CustomerSummary(
                g.Key,
                g.Count(),
                g.Count(o => o.Status == OrderStatus.Cancelled),
                g.GroupBy(o => o.Currency).ToDictionary(c => c.Key, c => c.Where(o => o.Status != OrderStatus.Cancelled).Sum(o => o.Total)),
                g.MaxBy(o => o.PlacedAt)!.Currency,
                g.Min(o => o.PlacedAt),
                g.Max(o => o.PlacedAt)))),
            ignoreOrder: true);
    }, iter: 200);

    [Fact]
    public void A_page_without_a_change_touches_nothing()
    {
        var paid = Recount([.. Given.History(Given.Id, "anna", "TEA", Given.Start, Step.Reserve, Step.Open, Step.Pay).Select(e => (Given.Id, e))]);

        var moves = OrderMove.Of([(Given.Id, new RefundRequested(Given.Id, "p", 1, "EUR", "r", Given.Start)), ("other", new OrderCancelled("other", CancellationCause.Customer, "r", Given.Start))], paid);

        moves.ShouldBeEmpty();
        new OrdersPerDayProjection().RowsOf(moves).ShouldBeEmpty();
    }

    /// <summary>Histories of some orders of few customers, mixed, and where to cut them. No two orders are placed at the same moment.</summary>
    private static readonly Gen<((string OrderId, object Event)[] Log, int[] Cuts)> Logs = Gen.Select(
        Gen.Select(Gen.Int[0, 2], Gen.OneOf("TEA", "POT", "RICE"), Gen.Int[0, 60], Gen.Enum<Step>().Array[0, 8]).Array[1, 8],
        Gen.Int[0, 1_000_000],
        Gen.Int[1, 5].Array[1, 6],
        (orders, seed, cuts) => (Mixed([.. orders.Select((o, n) => History(n, o.Item1, o.Item2, o.Item3, o.Item4))], seed), cuts));

    private static Queue<(string OrderId, object Event)> History(int number, int customer, string sku, int hours, Step[] steps) => new(
        Given.History($"order-{number}", $"customer-{customer}", sku, Given.Start.AddHours(hours).AddSeconds(number), steps)
            .Select(e => ($"order-{number}", e)));

    private static (string OrderId, object Event)[] Mixed(List<Queue<(string OrderId, object Event)>> streams, int seed)
    {
        var log = new List<(string OrderId, object Event)>();
        for (var turn = seed; streams.Count > 0; turn = (int)((turn * 48_271L) % int.MaxValue))
        {
            var next = streams[turn % streams.Count];
            log.Add(next.Dequeue());
            streams.RemoveAll(stream => stream.Count == 0);
        }

        return [.. log];
    }

    private static IEnumerable<(string OrderId, object Event)[]> Pages((string OrderId, object Event)[] log, int[] cuts)
    {
        for (int from = 0, n = 0; from < log.Length; from += cuts[n++ % cuts.Length])
        {
            yield return log.Skip(from).Take(cuts[n % cuts.Length]).ToArray();
        }
    }

    /// <summary>What the projection does page by page, with dictionaries for tables.</summary>
    private static List<TRow> Fold<TRow, TNote>(
        OrderTally<TRow, TNote> tally, IEnumerable<(string OrderId, object Event)[]> pages)
        where TRow : class
        where TNote : class
    {
        var notes = new Dictionary<string, CountedOrder>();
        var rows = new Dictionary<string, TRow>();
        foreach (var page in pages)
        {
            var known = page.Select(e => e.OrderId).Distinct().Where(notes.ContainsKey).Select(id => notes[id]);
            var moves = OrderMove.Of(page, [.. known]);
            foreach (var row in tally.Count([.. tally.RowsOf(moves).Where(rows.ContainsKey).Select(id => rows[id])], moves))
            {
                rows[tally.IdOf(row)] = row;
            }

            foreach (var move in moves)
            {
                notes[move.To.Id] = move.To;
            }
        }

        return [.. rows.Values];
    }

    private static IEnumerable<CountedOrder> Recount((string OrderId, object Event)[] log) =>
        log.GroupBy(e => e.OrderId).Select(g => g.Select(e => e.Event).Aggregate((CountedOrder?)null, CountedOrder.Fold)!);

    private static string Text(CustomerSummary s) =>
        $"{s.Id} {s.Orders} {s.Cancelled} {s.Currency} {s.FirstOrderAt:O} {s.LastOrderAt:O} "
        + string.Join(' ', s.Totals.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value:0.00}"));
}
