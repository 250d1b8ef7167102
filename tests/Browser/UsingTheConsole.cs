using Microsoft.Playwright;

namespace Monolith.Browser;

[Collection(nameof(Site))]
public sealed class UsingTheConsole(Site site)
{
    [Fact]
    public async Task A_filter_is_in_the_address_and_back_leads_back()
    {
        await using var tab = await Tab.Open(site, "orders");
        await tab.Page.GetByLabel("Status").SelectOptionAsync("cancelled");
        await tab.Button("Search").ClickAsync();
        await tab.Page.WaitForURLAsync("**/orders?status=cancelled");
        await tab.Table("Orders").GetByText("carla").First.WaitForAsync();
        await Assertions.Expect(tab.Table("Orders").GetByText("anna")).ToHaveCountAsync(0);

        await using var other = await Tab.Open(site, "orders?status=cancelled");
        await other.Table("Orders").GetByText("carla").First.WaitForAsync();
        (await other.Page.GetByLabel("Status").InputValueAsync()).ShouldBe("cancelled");
    }

    [Fact]
    public async Task Times_are_typed_as_local_and_sent_as_utc()
    {
        await using var tab = await Tab.Open(site, "events");
        await tab.Page.GetByLabel("Recorded from").FillAsync("2026-07-01T08:30:15");
        await tab.Page.GetByLabel("Recorded from").BlurAsync();
        await tab.Button("Search").ClickAsync();
        await tab.Page.WaitForURLAsync("**/events?from=2026-07-01T06%3A30%3A15Z");
        await Assertions.Expect(tab.Page.GetByLabel("Recorded from")).ToHaveValueAsync("2026-07-01T08:30:15");
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_is_paid_shipped_and_delivered_by_its_buttons()
    {
        var order = await new Customer(site.Node, "emil").Places("TEA-1");
        await using var tab = await Tab.Open(site, $"orders/{order.Split('/')[^1]}");
        await tab.Page.GetByText("awaiting payment").First.WaitForAsync();
        (await tab.Button("Ship").GetAttributeAsync("title")).ShouldBe("The order is awaiting payment; only a paid one is shipped.");

        await tab.Command("Record payment", ("Reference", "transfer 1"));
        await Assertions.Expect(tab.Button("Ship")).ToHaveAttributeAsync("aria-disabled", "false");
        await tab.Command("Ship", ("Carrier", "DHL"), ("Tracking number", "JD-1"));
        await Assertions.Expect(tab.Button("Confirm delivery")).ToHaveAttributeAsync("aria-disabled", "false");
        await tab.Command("Confirm delivery");
        await tab.Page.Locator(".story").GetByText("Delivered", new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_alert_is_acknowledged()
    {
        await using var tab = await Tab.Open(site, "alerts?state=open");
        var rare = tab.Table("Alerts").GetByRole(AriaRole.Row, new LocatorGetByRoleOptions { Name = Site.RareSku });
        await rare.WaitForAsync();
        await rare.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge", Exact = true }).ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Note").FillAsync("ordered more");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge", Exact = true }).ClickAsync();

        await rare.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await tab.Go("alerts?state=acknowledged");
        await rare.GetByText("dev: ordered more").WaitForAsync();
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_sends_a_command_sees_what_came_of_it()
    {
        await using var tab = await Tab.Open(site, "projections/OrdersPerDay");
        var arrived = new TaskCompletionSource();
        await tab.Page.RouteAsync("**/verification", async route =>
        {
            await arrived.Task;
            await route.ContinueAsync();
        });
        await tab.Button("Verify").ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("slow line");
        await dialog.GetByLabel("Reason").PressAsync("Enter");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close", Exact = true })).ToBeDisabledAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Page.Mouse.ClickAsync(5, 5);
        await Assertions.Expect(dialog).ToBeVisibleAsync();

        arrived.SetResult();
        await dialog.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await tab.Page.GetByText("slow line").First.WaitForAsync();
    }

    [Fact]
    public async Task An_id_is_copied_by_a_click()
    {
        await using var tab = await Tab.Open(site, $"orders/{site.OrderId}");
        await tab.Page.GetByLabel($"Copy {site.OrderId}").First.ClickAsync();
        await tab.Page.GetByText($"Copied {site.OrderId}").WaitForAsync();
        (await tab.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe(site.OrderId);
    }

    [Fact]
    public async Task Times_are_local_and_in_utc_on_pointing()
    {
        await using var tab = await Tab.Open(site, $"orders/{site.OrderId}");
        var placed = DateTimeOffset.Parse((await site.Node.Get(site.Order))["placedAt"]!.ToString());
        var shown = tab.Page.Locator("dt:text-is('Placed') + dd time");
        (await shown.InnerTextAsync()).ShouldBe(TimeZoneInfo.ConvertTime(placed, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToString("yyyy-MM-dd HH:mm:ss"));
        (await shown.GetAttributeAsync("title")).ShouldBe(placed.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff 'UTC'"));
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        await using var tab = await Tab.Open(site, "projections/OrdersPerDay");
        await tab.Button("Verify").WaitForAsync();
        await tab.Button("Verify").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await Assertions.Expect(tab.Page.GetByLabel("Reason")).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });

        // Over the menu, into the page.
        await tab.Page.GetByText("Skip to the content").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("#content")).ToBeFocusedAsync();

        await tab.Go("replay/orders/" + site.OrderId);
        await tab.Page.GetByRole(AriaRole.Slider).FocusAsync();
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        await tab.Page.Locator("table[data-version='2']").WaitForAsync();
    }

    [Fact]
    public async Task The_colours_that_were_chosen_stay()
    {
        await using var tab = await Tab.Open(site, "nodes", colours: ColorScheme.Dark);
        await tab.Button("Light colours").ClickAsync();
        await tab.Button("Dark colours").WaitForAsync();
        await tab.Go("nodes");
        await tab.Button("Dark colours").WaitForAsync();
    }
}
