using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Monolith.Contracts.Inventory;
using Monolith.Inventory;
using Monolith.Kernel.Reading;

namespace Monolith.Browser;

[Collection(nameof(Site))]
public sealed class FollowingTheLog(Site site)
{
    private const int Flood = 5_000;

    [Fact]
    public async Task The_live_tail_misses_nothing_and_holds_no_more_than_it_shows()
    {
        await using var tab = await Tab.Open(site, $"events/live?streamId={Stock.StreamOf("FLOOD")}");
        await tab.Page.GetByText("Following").WaitForAsync();
        await site.Append(Stock.StreamOf("FLOOD"), Enumerable.Range(1, Flood).Select(n => new StockReceived("FLOOD", 1, $"note {n}", DateTimeOffset.UnixEpoch.AddSeconds(n))));

        await tab.Page.Locator($"[data-count='{Flood}']").WaitForAsync(new LocatorWaitForOptions { Timeout = 120_000 });
        var versions = await Versions(tab);
        versions.ShouldBe(Enumerable.Range(Flood - 49, 50).Reverse());
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_comes_together_is_shown_before_anything_comes_after_it()
    {
        await using var tab = await Tab.Open(site, $"events/live?streamId={Stock.StreamOf("BURST")}");
        await tab.Page.GetByText("Following").WaitForAsync();
        await site.Append(Stock.StreamOf("BURST"), Enumerable.Range(1, 150).Select(n => new StockReceived("BURST", 1, $"note {n}", DateTimeOffset.UnixEpoch.AddSeconds(n))));

        // The server says nothing more until the silence has lasted too long.
        var beforeTheNext = EventStreamResult.Silence - TimeSpan.FromSeconds(3);
        await tab.Page.Locator("[data-count='150']").WaitForAsync(new LocatorWaitForOptions { Timeout = (float)beforeTheNext.TotalMilliseconds });
    }

    [Fact]
    public async Task What_came_while_the_table_was_held_is_there_when_it_goes_on()
    {
        await using var tab = await Tab.Open(site, $"events/live?streamId={Stock.StreamOf("HELD")}");
        await tab.Page.GetByText("Following").WaitForAsync();
        await tab.Button("Hold").ClickAsync();
        await site.Append(Stock.StreamOf("HELD"), [Received(1), Received(2)]);
        await tab.Page.Locator("[data-count='2']").WaitForAsync();
        (await Versions(tab)).ShouldBeEmpty();
        await tab.Button("Go on").ClickAsync();
        await tab.Table("Events").GetByRole(AriaRole.Row).Nth(2).WaitForAsync();
        (await Versions(tab)).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task A_server_that_comes_again_is_followed_on_without_a_reload()
    {
        await using var node = new Node(site.Data, site.Issuer.Settings);
        node.Start();
        await node.Http.GetAsync(new Uri("/health/live", UriKind.Relative));
        await using var tab = await Tab.Open(site, $"events/live?streamId={Stock.StreamOf("AGAIN")}", node: node);
        await tab.Page.GetByText("Following").WaitForAsync();
        await node.Kill();
        await tab.Page.GetByText("The server does not answer").WaitForAsync();
        await tab.Page.GetByText("Connecting …").WaitForAsync();
        await site.Append(Stock.StreamOf("AGAIN"), [Received(1), Received(2), Received(3)]);
        node.Start();

        await tab.Page.Locator("[data-count='3']").WaitForAsync(new LocatorWaitForOptions { Timeout = 120_000 });
        await tab.Page.GetByText("The server does not answer").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await tab.Page.GetByText("Following").WaitForAsync();
        (await Versions(tab)).ShouldBe([3, 2, 1]);
        await node.Stop();
    }

    [Fact]
    public async Task A_server_that_stands_still_is_told_and_goes_on_when_it_wakes()
    {
        await using var node = new Node(site.Data, site.Issuer.Settings);
        node.Start();
        await node.Http.GetAsync(new Uri("/health/live", UriKind.Relative));
        await using var tab = await Tab.Open(site, "nodes", node: node);
        await tab.Shows("Works on");
        await node.Freeze();
        await tab.Page.GetByText("The server does not answer").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        await node.Thaw();
        await tab.Page.GetByText("The server does not answer").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await node.Stop();
    }

    [Fact]
    public async Task From_a_fee_to_its_command_user_and_trace_in_one_click()
    {
        await using var tab = await Tab.Open(site, $"orders/{site.OrderId}");
        await tab.Page.GetByTitle("Where this comes from: DeliveryFeeCorrected").ClickAsync();
        await tab.Page.GetByText("POST /v1/orders/{id}/corrections/delivery-fee").First.WaitForAsync();
        var corrected = (await site.Node.Get($"{site.Order}/history?limit=200"))["items"]!.AsArray().Last(e => e!["type"]!.ToString() == "DeliveryFeeCorrected")!;
        await tab.Page.GetByText(corrected["traceId"]!.ToString()).First.WaitForAsync();
        (await tab.Page.GetByText("Actor").Locator("+ dd").InnerTextAsync()).ShouldBe("dev");

        // The graph leads from event to event.
        await tab.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { NameString = "Causation chain" }).GetByRole(AriaRole.Link).Last.ClickAsync();
        await tab.Page.WaitForURLAsync("**/events/*");
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_overview_moves_by_itself()
    {
        await using var tab = await Tab.Open(site, "");
        var tile = tab.Page.Locator(".tile", new PageLocatorOptions { HasText = "events in the log" }).Locator(".value");
        await Assertions.Expect(tile).Not.ToHaveTextAsync("0");
        var before = await tile.InnerTextAsync();
        await new Customer(site.Node, "dora").Places("TEA-1");
        await Assertions.Expect(tile).Not.ToHaveTextAsync(before, new LocatorAssertionsToHaveTextOptions { Timeout = 30_000 });
    }

    [Fact]
    public async Task The_overview_tells_what_the_api_does_and_its_charts_move()
    {
        await site.Settled();
        await using var tab = await Tab.Open(site, "");
        await Shows("open alerts", $"{(await Items("/v1/alerts?state=open")).Count}");
        await Shows("dead letters", $"{(await Items("/admin/dead-letters")).Count}");
        var nodes = await Items("/admin/nodes");
        await Shows($"nodes, leader {nodes.Single(n => (bool)n!["isLeader"]!)!["node"]}", $"{nodes.Count}");
        await Shows("projections that stand still", "0");

        // A percentage, or that nobody has tried to pay yet.
        (await Tile("payments that fail").InnerTextAsync()).ShouldMatch(@"^(–|\d+(\.\d+)?\s?%)$");
        var charts = new[] { "Orders per minute", "Revenue per minute", "Events per second" }
            .Select(title => tab.Page.Locator("figure.chart").Filter(new LocatorFilterOptions { HasText = title })).ToList();
        var before = await Task.WhenAll(charts.Select(chart => chart.GetAttributeAsync("aria-label")));
        await new Customer(site.Node, "emil-of-the-charts").Places("TEA-1");
        foreach (var (chart, label) in charts.Zip(before))
        {
            await Assertions.Expect(chart).Not.ToHaveAttributeAsync("aria-label", label!, new LocatorAssertionsToHaveAttributeOptions { Timeout = 30_000 });
        }

        ILocator Tile(string name) => tab.Page.Locator(".tile", new PageLocatorOptions { HasText = name }).Locator(".value");

        Task Shows(string name, string value) => Assertions.Expect(Tile(name)).ToHaveTextAsync(value, new LocatorAssertionsToHaveTextOptions { Timeout = 30_000 });

        async Task<JsonArray> Items(string path) => (await site.Node.Get(path))["items"]!.AsArray();
    }

    private static StockReceived Received(int n) => new("AGAIN", n, $"note {n}", DateTimeOffset.UnixEpoch.AddSeconds(n));

    private static async Task<IEnumerable<int>> Versions(Tab tab) =>
        (await tab.Table("Events").Locator("td[data-label=Version]").AllInnerTextsAsync()).Select(v => int.Parse(v, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
}
