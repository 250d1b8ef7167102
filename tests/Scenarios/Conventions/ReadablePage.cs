using System.Text.RegularExpressions;

namespace Monolith.Scenarios.Conventions;

public sealed partial class ReadablePage(App app) : IClassFixture<App>
{
    [Fact]
    public async Task It_needs_no_other_host()
    {
        var page = await app.Send("GET", "/docs/");
        var html = await page.ReadAsTextAsync();

        html.ShouldNotContain("://");
        page.Header("Content-Security-Policy").ShouldStartWith("default-src 'self' ");
        page.Header("Content-Security-Policy").ShouldNotContain("http");
        Scripts().Count(html).ShouldBeGreaterThan(0);
        foreach (Match script in Scripts().Matches(html))
        {
            (await app.Send("GET", $"/docs/{script.Groups["file"].Value}")).Header("Content-Type").ShouldContain("javascript");
        }
    }

    [GeneratedRegex("src=\"(?<file>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scripts();
}
