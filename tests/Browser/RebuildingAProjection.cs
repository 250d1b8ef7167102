using System.Text.Json.Nodes;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Monolith.Browser;

[Collection(nameof(Site))]
public sealed class RebuildingAProjection(Site site)
{
    private static readonly LocatorAssertionsToContainTextOptions Patiently = new() { Timeout = 30_000 };

    [Fact]
    public async Task Is_watched_from_the_click_to_its_success()
    {
        await using var tab = await Tab.Open(site, "projections");
        await tab.Table("Projections").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Stock", Exact = true }).ClickAsync();
        await tab.Command("Rebuild", ("Reason", "to see it from the console"));

        await tab.Page.GetByRole(AriaRole.Progressbar, new PageGetByRoleOptions { Name = "Progress" }).WaitForAsync();
        await tab.Page.Locator("section[data-status='succeeded']").WaitForAsync(new LocatorWaitForOptions { Timeout = 120_000 });
        await tab.Page.GetByText("100.0 %").First.WaitForAsync();
        await tab.Page.GetByText("to see it from the console").First.WaitForAsync();
        await tab.Photograph("rebuilt");

        var projections = (await site.Node.Get("/admin/projections?limit=200"))["items"]!.AsArray();
        ((int)projections.Single(p => p!["name"]!.ToString() == "Stock")!["generation"]!).ShouldBeGreaterThan(1);
        await tab.Go("audit");
        await tab.Table("Audit").GetByText("to see it from the console").First.WaitForAsync();
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_says_how_far_each_is_where_it_runs_and_how_its_lag_went()
    {
        await Until(async () => (await site.Node.Get("/admin/nodes"))["items"]!.AsArray().Count == 1, "the only node");
        JsonNode? known = null;
        await Until(async () => (known = (await site.Settled()).AsArray().Single(p => p!["name"]!.ToString() == "OrderList"))!["node"] is not null, "somebody to look after the list");
        await using var tab = await Tab.Open(site, "projections");
        var row = tab.Table("Projections").GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { Has = tab.Link("OrderList") });
        await Assertions.Expect(row.Locator("[data-label=Node]")).ToHaveTextAsync(known!["node"]!.ToString());
        await Assertions.Expect(row.Locator("[data-label=Lag]")).ToContainTextAsync("0");
        await row.GetByRole(AriaRole.Img, new LocatorGetByRoleOptions { Name = "Lag of OrderList: steady" }).WaitForAsync();

        // While a projection is paused and events come, it falls behind.
        await tab.Go("projections/OrderList");
        await tab.Command("Pause", ("Reason", "to see it fall behind"));
        await tab.Button("Resume").WaitForAsync();
        for (var n = 0; n < 3; n++)
        {
            await new Customer(site.Node, $"late{n}").Places("TEA-1");
        }

        await tab.Page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "Lag: growing" }).WaitForAsync();
        await tab.Command("Resume", ("Reason", "seen"));
        await tab.Page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "Lag: shrinking" }).WaitForAsync(new LocatorWaitForOptions { Timeout = 90_000 });
    }

    [Fact]
    public async Task It_can_be_paused_and_resumed_with_a_reason()
    {
        await using var tab = await Tab.Open(site, "projections/CustomerSummary");
        await tab.Command("Pause", ("Reason", "the database is moved"));
        await tab.Button("Resume").WaitForAsync();
        await tab.Command("Resume", ("Reason", "it is moved"));
        await tab.Button("Pause").WaitForAsync();
    }

    [Fact]
    public async Task An_operation_is_paused_resumed_cancelled_and_begun_again()
    {
        await using var tab = await Tab.Open(site, "projections/Stock");
        await tab.Command("Rebuild", ("Reason", "slowly"), ("Events per second at most", "1000"));
        var panel = tab.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Operation", Exact = true });
        var (pause, resume) = (Button(panel, "Pause"), Button(panel, "Resume"));
        await Give(tab, pause, "Pause", "lunch");
        await Give(tab, resume, "Resume", "after lunch");
        await pause.WaitForAsync();
        await Assertions.Expect(panel.GetByRole(AriaRole.Status)).ToContainTextAsync(" events/s", Patiently);
        await Assertions.Expect(panel.GetByRole(AriaRole.Status)).ToContainTextAsync(" left", Patiently);
        await panel.GetByRole(AriaRole.Link).First.ClickAsync();
        await tab.Page.WaitForURLAsync("**/operations/*");
        var first = tab.Page.Url;
        await Give(tab, Button(panel, "Cancel"), "Cancel", "never mind");
        await Give(tab, Button(panel, "Retry"), "Retry", "after all");
        await Assertions.Expect(tab.Page).Not.ToHaveURLAsync(first);
        await Give(tab, Button(panel, "Cancel"), "Cancel", "enough");
        await tab.Page.Locator("section[data-status='cancelled']").WaitForAsync();
        // A message that fades out is not to be read any more.
        await Assertions.Expect(tab.Page.Locator(".mud-snackbar")).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = 30_000 });
        (await tab.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").ShouldBeEmpty();
        tab.Complaints.ShouldBeEmpty();

        static ILocator Button(ILocator panel, string name) => panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true });

        static async Task Give(Tab tab, ILocator button, string name, string reason)
        {
            await button.ClickAsync();
            var dialog = tab.Page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("Reason").FillAsync(reason);
            await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true }).ClickAsync();
            await dialog.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        }
    }

    [Fact]
    public async Task What_is_wrong_with_the_input_is_said_in_the_dialog()
    {
        await using var tab = await Tab.Open(site, "projections/OrderList");
        await tab.Button("Rebuild").ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("too fast");
        await dialog.GetByLabel("Events per second").FillAsync("0");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Rebuild", Exact = true }).ClickAsync();
        await dialog.GetByText("maxEventsPerSecond").WaitForAsync();
        (await site.Node.Get("/admin/operations?target=OrderList"))["items"]!.AsArray().ShouldNotContain(o => o!["reason"]!.ToString() == "too fast");
    }
}
