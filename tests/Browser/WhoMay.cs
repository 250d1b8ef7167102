using System.Net;
using Microsoft.Playwright;

namespace Monolith.Browser;

/// <summary>People sign in with the issuer, on a node where nobody is somebody without it.</summary>
[Collection(nameof(Site))]
public sealed class WhoMay(Site site) : IAsyncLifetime
{
    private Node node = null!;

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "There is no Chromium on this machine.");
        node = new Node(site.Data, [.. site.Issuer.Settings, ("Security__DevelopmentUser", "false"), ("Console__Environment", "Staging")]);
        node.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public async Task Who_is_not_signed_in_comes_back_to_where_they_wanted_to_go()
    {
        await using var tab = await Start("orders?status=delivered");
        await tab.Page.GetByText("You are not signed in").WaitForAsync();
        await SignIn(tab, "viewer");
        tab.Page.Url.ShouldEndWith("/console/orders?status=delivered");
        await tab.Table("Orders").GetByText("delivered").First.WaitForAsync();
        await tab.Page.GetByText("Staging").WaitForAsync();
    }

    [Theory]
    [InlineData("/console")]
    [InlineData("/console/orders/some.order")]
    [InlineData("/Console/projections")]
    [InlineData("/console/style.css")]
    [InlineData("/console/session")]
    public async Task No_other_site_frames_it_or_brings_scripts_into_it(string path)
    {
        using var answer = await node.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("script-src 'self' 'wasm-unsafe-eval';");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
    }

    [Fact]
    public async Task A_viewer_reads_and_is_told_why_nothing_more()
    {
        await using var tab = await Start($"orders/{site.OrderId}");
        await SignIn(tab, "viewer");
        await tab.Page.GetByText("read only").WaitForAsync();
        await tab.Page.GetByText("***").First.WaitForAsync();
        (await tab.Page.GetByText("Am Markt").CountAsync()).ShouldBe(0);

        // It looks disabled, and answers all the same.
        await tab.Button("Correct delivery fee").ClickAsync(new LocatorClickOptions { Force = true });
        await tab.Page.GetByText("Needs the role support").First.WaitForAsync();
        (await tab.Page.GetByRole(AriaRole.Dialog).CountAsync()).ShouldBe(0);
        await tab.Photograph("viewer");

        (await Posts(tab, "/admin/projections/OrderList/rebuilds", "{\"reason\":\"mine\"}", withToken: true)).ShouldBe(403);
    }

    [Fact]
    public async Task An_operator_does_what_operators_may_and_no_other_site_does_it_for_them()
    {
        await using var tab = await Start("projections/OrdersPerDay");
        await SignIn(tab, "operator");
        await tab.Command("Verify", ("Reason", "to be sure"));
        await tab.Page.GetByText("to be sure").First.WaitForAsync();
        await tab.Page.Locator("section[data-status='succeeded']").WaitForAsync(new LocatorWaitForOptions { Timeout = 120_000 });

        (await Posts(tab, "/admin/projections/OrdersPerDay/pause", "{\"reason\":\"forged\"}", withToken: false)).ShouldBe(400);
        (await Posts(tab, "/console/sign-out", "{}", withToken: false)).ShouldBe(400);
        var projections = (await site.Node.Get("/admin/projections?limit=200"))["items"]!.AsArray();
        projections.Single(p => p!["name"]!.ToString() == "OrdersPerDay")!["status"]!.ToString().ShouldBe("running");
    }

    [Fact]
    public async Task Who_signs_out_is_out()
    {
        await using var tab = await Start("");
        await SignIn(tab, "support");
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "some-support" }).ClickAsync();
        await tab.Button("Sign out").ClickAsync();
        await tab.Page.GetByText("You are not signed in").WaitForAsync();
        (await tab.Page.Context.APIRequest.GetAsync(new Uri(node.Http.BaseAddress!, "/v1/orders").ToString())).Status.ShouldBe((int)HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nobody_is_led_to_another_site()
    {
        await using var tab = await Start("");
        await tab.Page.GotoAsync(tab.Root + "sign-in?returnTo=//evil.example/");
        await tab.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "viewer" }).ClickAsync();
        await tab.Heading.WaitForAsync();
        tab.Page.Url.ShouldBe(tab.Root);
    }

    private async Task<Tab> Start(string path)
    {
        // The node answers once it is up.
        await node.Http.GetAsync(new Uri("/health/live", UriKind.Relative));
        return await Tab.Open(site, path, node: node);
    }

    private static async Task SignIn(Tab tab, string role)
    {
        await tab.Link("Sign in").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = role }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"some-{role}" }).WaitForAsync();
    }

    /// <returns>The status of a command that is sent with the cookie of the page.</returns>
    private static Task<int> Posts(Tab tab, string path, string body, bool withToken) => tab.Page.EvaluateAsync<int>(
        """
        async ([path, body, withToken]) => {
          const session = await (await fetch('/console/session')).json();
          const headers = { 'Content-Type': 'application/json' };
          if (withToken) headers['X-Antiforgery'] = session.antiforgeryToken;
          return (await fetch(path, { method: 'POST', headers, body })).status;
        }
        """,
        new object[] { path, body, withToken });
}
