using Microsoft.Playwright;

namespace Monolith.Browser.Infrastructure;

/// <summary>A browser of its own with the console in it. What its console complains about fails the test in the end.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private Tab(IBrowserContext context, IPage page, Node node)
    {
        (this.context, Page, Root) = (context, page, new Uri(node.Http.BaseAddress!, "/console/").ToString());
        page.SetDefaultTimeout(60_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    public string Root { get; }

    /// <summary>What the browser's console has complained about so far.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public static async Task<Tab> Open(Site site, string path, int width = 1280, int height = 900, ColorScheme colours = ColorScheme.Light, Node? node = null)
    {
        Assert.SkipUnless(Chromium.IsInstalled, "There is no Chromium on this machine.");
        var own = await site.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = colours,
            Permissions = ["clipboard-read", "clipboard-write"],
            TimezoneId = "Europe/Berlin",
        });
        var tab = new Tab(own, await own.NewPageAsync(), node ?? site.Node);
        await tab.Go(path);
        return tab;
    }

    /// <summary>Goes to a page and waits until it shows what it has.</summary>
    public async Task Go(string path)
    {
        await Page.GotoAsync(Root + path);
        await Heading.WaitForAsync();
        await Page.WaitForLoadStateAsync(LoadState.Load);
    }

    /// <summary>Waits until it stands somewhere on the page, to be seen.</summary>
    public Task Shows(string text) => Page.GetByText(text).Filter(new LocatorFilterOptions { Visible = true }).First.WaitForAsync();

    /// <summary>Waits until a condition holds. The page's own policy forbids the browser's way of waiting for one.</summary>
    public async Task Becomes(string condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await Page.EvaluateAsync<bool>(condition))
        {
            patience.IsCancellationRequested.ShouldBeFalse($"In vain: {condition}");
            await timer.WaitForNextTickAsync();
        }
    }

    public ILocator Heading => Page.Locator("h1");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator Table(string name) => Page.GetByRole(AriaRole.Table, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>Fills the dialog of a command and sends it.</summary>
    public async Task Command(string name, params (string Field, string Value)[] fields)
    {
        await Button(name).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        foreach (var (field, value) in fields)
        {
            await dialog.GetByLabel(field).FillAsync(value);
        }

        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true }).ClickAsync();
        await dialog.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
    }

    public Task Photograph(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Site.Artifacts, $"{name}.png") });

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
