using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Monolith.Browser;

[Collection(nameof(Site))]
public sealed class ReadingInsights(Site site)
{
    [Fact]
    public async Task A_chart_draws_what_the_api_answers()
    {
        await site.Settled();
        var windows = (await site.Node.Get("/v1/insights/sales-per-day/windows?limit=200"))["items"]!.AsArray();
        var today = windows.Max(w => w!["start"]!.ToString());
        var orders = windows.Where(w => w!["start"]!.ToString() == today).Sum(w => (int)w!["value"]!["orders"]!);

        await using var tab = await Tab.Open(site, "insights/sales-per-day");
        await Chart(tab, "Orders").GetByText("in each category").WaitForAsync();
        (await Chart(tab, "Orders").GetAttributeAsync("aria-label"))!.ShouldStartWith($"Orders: {orders} in each category at ");
        (await Chart(tab, "Revenue").Locator("figcaption").InnerTextAsync()).ShouldBe("Revenue EUR");
    }

    [Fact]
    public async Task A_histogram_counts_the_orders_that_were_paid_in_time()
    {
        await site.Settled();
        var paid = (await site.Node.Get("/v1/insights/time-to-pay/windows?limit=200"))["items"]!.AsArray()
            .Where(w => w!["value"]!["outcome"]!.ToString() == "paid").Select(w => (double)w!["value"]!["secondsToPay"]!).ToList();
        paid.ShouldNotBeEmpty();

        await using var tab = await Tab.Open(site, "insights/time-to-pay");
        var bars = await Chart(tab, "Time from order to payment").GetAttributeAsync("aria-label");
        bars!.ShouldEndWith($"at most {new[] { (0, 1), (1, 2), (2, 5), (5, 10), (10, 30), (30, 60), (60, 300), (300, 1_800), (1_800, 3_600), (3_600, 86_400) }
            .Max(c => paid.Count(s => s <= c.Item2 && (s > c.Item1 || c.Item1 == 0)))}");
    }

    [Fact]
    public async Task A_processor_says_how_far_its_time_is_behind_now()
    {
        await using var tab = await Tab.Open(site, "insights/sales-per-minute");
        await Assertions.Expect(tab.Page.GetByText("Watermark", new PageGetByTextOptions { Exact = true }).Locator("+ dd")).ToContainTextAsync("behind now");
    }

    [Fact]
    public async Task What_is_only_a_part_says_so()
    {
        await using var tab = await Tab.Open(site, "nodes");
        await tab.Page.RouteAsync("**/v1/insights/time-to-pay/**", async route =>
        {
            var page = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!.AsObject();
            page["next"] = "there-is-more";
            await route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = page.ToJsonString() });
        });
        await tab.Go("insights/time-to-pay");
        await tab.Page.GetByText("Time from order to payment of the latest").WaitForAsync();
        await tab.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Late events, the latest", Exact = true }).WaitForAsync();
    }

    private static ILocator Chart(Tab tab, string title) =>
        tab.Page.Locator("figure.chart").Filter(new LocatorFilterOptions { Has = tab.Page.GetByText(title, new PageGetByTextOptions { Exact = true }) });
}
