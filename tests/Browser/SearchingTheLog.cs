using Microsoft.Playwright;

namespace Monolith.Browser;

[Collection(nameof(Site))]
public sealed class SearchingTheLog(Site site)
{
    private const string Rows = "table[aria-label='Events'] tbody tr";

    [Theory]
    [InlineData("streamId")]
    [InlineData("streamId", "type")]
    [InlineData("streamId", "actor")]
    [InlineData("correlationId")]
    public async Task By_what_an_event_has_finds_what_the_api_finds(params string[] fields)
    {
        var placed = (await site.Node.Get($"/admin/events?type=OrderPlaced&streamId={site.OrderId}"))["items"]!.AsArray().Single()!;
        var search = string.Join('&', fields.Select(field => $"{field}={Uri.EscapeDataString(placed[field]!.ToString())}"));
        var expected = (await site.Node.Get($"/admin/events?{search}&limit=25"))["items"]!.AsArray().Select(e => $"events/{e!["sequence"]}").ToList();
        expected.ShouldContain($"events/{placed["sequence"]}");

        await using var tab = await Tab.Open(site, $"events?{search}");

        await Assertions.Expect(tab.Page.Locator(Rows)).ToHaveCountAsync(expected.Count);
        var shown = await tab.Page.Locator($"{Rows} td[data-label='Sequence'] a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        shown.ShouldBe(expected);
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task For_nothing_that_is_there_says_what_to_do()
    {
        await using var tab = await Tab.Open(site, "events?streamId=order-nobody-has");
        await tab.Page.GetByText("No event fits.").WaitForAsync();
    }
}
