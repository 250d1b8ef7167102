using Deque.AxeCore.Playwright;

namespace Monolith.Browser;

[Collection(nameof(Site))]
public sealed class EveryPage(Site site)
{
    private static readonly string[] Serious = ["serious", "critical"];

    private const double MostJumps = 0.1;

    /// <summary>Addresses of the console, and what each has to show; <c>{order}</c> and <c>{operation}</c> are the ids of one.</summary>
    public static TheoryData<string, string, string> Pages => new()
    {
        { "overview", "", "events in the log" },
        { "orders", "orders?customerId=anna", "anna" },
        { "order", "orders/{order}", "Delivery fee corrected" },
        { "replay", "replay", "Nothing chosen yet" },
        { "replay-order", "replay/orders/{order}?version=3", "PaymentRequested" },
        { "replay-stock", $"replay/stock/{Site.BusySku}?version=50", "StockReceived" },
        { "events", "events?type=OrderPlaced", "OrderPlaced" },
        { "events-live", "events/live", "Following" },
        { "event", "events/1", "ProductRevised" },
        { "projections", "projections", "CustomerSummary" },
        { "projection", "projections/OrderList", "Generation" },
        { "operation", "operations/{operation}", "to be sure" },
        { "insights", "insights", "sales-per-minute" },
        { "insight", "insights/sales-per-day", "tea" },
        { "top-products", "insights/top-products-per-hour", "Pieces sold" },
        { "time-to-pay", "insights/time-to-pay", "Time from order to payment" },
        { "alerts", "alerts", Site.RareSku },
        { "dead-letters", "dead-letters", "No dead letters" },
        { "nodes", "nodes", "leader" },
        { "audit", "audit?actor=nobody", "Nothing fits" },
        { "event-types", "event-types", "OrderPlaced" },
        { "not-found", "nowhere", "The address leads nowhere" },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task Shows_what_it_has_to_everybody(string name, string path, string expected)
    {
        await using var tab = await Tab.Open(site, path
            .Replace("{order}", site.OrderId, StringComparison.Ordinal).Replace("{operation}", site.OperationId, StringComparison.Ordinal));
        await tab.Shows(expected);
        await Is_accessible(tab, "light");
        (await Jumps(tab)).ShouldBeLessThan(MostJumps);
        await tab.Photograph(name);

        await tab.Button("Dark colours").ClickAsync();
        await Is_accessible(tab, "dark");
        await tab.Photograph($"{name}-dark");

        await tab.Page.SetViewportSizeAsync(390, 844);
        await tab.Shows(expected);
        await Fits(tab);
        await Is_accessible(tab, "narrow");
        await tab.Photograph($"{name}-narrow");
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_jumps_would_be_noticed()
    {
        await using var tab = await Tab.Open(site, "event-types");
        await tab.Shows("OrderPlaced");
        await tab.Page.EvaluateAsync("document.querySelector('#content').style.paddingTop = '300px'");
        await tab.Becomes("document.querySelector('h1').getBoundingClientRect().top > 300");
        (await Jumps(tab)).ShouldBeGreaterThan(MostJumps);
    }

    private static async Task Is_accessible(Tab tab, string how)
    {
        // Colours that fade in are judged when they are there.
        await tab.Page.EvaluateAsync("Promise.all(document.getAnimations().filter(a => a.effect.getTiming().iterations !== Infinity).map(a => a.finished.catch(() => {})))");
        var found = await tab.Page.RunAxe();
        found.Violations.Where(v => Serious.Contains(v.Impact))
            .Select(v => $"{how}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}").ShouldBeEmpty();
    }

    /// <summary>What is read stays where it is while more comes: the score of <see href="https://web.dev/articles/cls">cumulative layout shift</see> is good.</summary>
    private static Task<double> Jumps(Tab tab) => tab.Page.EvaluateAsync<double>("""
        new Promise(tell => {
            let score = 0;
            const add = shifts => shifts.forEach(shift => score += shift.hadRecentInput ? 0 : shift.value);
            const observer = new PerformanceObserver(list => add(list.getEntries()));
            observer.observe({ type: 'layout-shift', buffered: true });
            requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => { add(observer.takeRecords()); tell(score); })));
        })
        """);

    /// <summary>A narrow page scrolls down, and not to the side.</summary>
    private static Task Fits(Tab tab) => tab.Becomes("document.documentElement.scrollWidth <= 390");
}
