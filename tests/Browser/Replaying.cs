using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Monolith.Contracts.Inventory;
using Monolith.Inventory;

namespace Monolith.Browser;

[Collection(nameof(Site))]
public sealed class Replaying(Site site)
{
    [Fact]
    public async Task An_order_is_shown_version_by_version_as_the_api_replays_it()
    {
        await using var tab = await Tab.Open(site, $"replay/orders/{site.OrderId}");
        var steps = (await site.Node.Get($"{site.Order}/replay?limit=200"))["items"]!.AsArray();
        steps.Count.ShouldBeGreaterThan(7);

        JsonNode? before = null;
        foreach (var step in steps)
        {
            await Is_at(tab, step!);
            await Shows(tab, step!, before);
            before = step!["state"];
            await tab.Button("Step forward").ClickAsync();
        }

        // Nothing comes after the last one; and back again.
        await Is_at(tab, steps[^1]!);
        await tab.Button("Step back").ClickAsync();
        await Is_at(tab, steps[^2]!);
        tab.Page.Url.ShouldEndWith($"?version={steps.Count - 1}");
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_steps_on_from_the_end_sees_what_has_happened_since()
    {
        await site.Append(Stock.StreamOf("GROWS"), [Received(1), Received(2)]);
        await using var tab = await Tab.Open(site, "replay/stock/GROWS?version=2");
        await State(tab, 2).WaitForAsync();
        await site.Append(Stock.StreamOf("GROWS"), [Received(3)]);
        await tab.Button("Step forward").ClickAsync();
        await State(tab, 3).WaitForAsync();
        tab.Complaints.ShouldBeEmpty();

        static StockReceived Received(int n) => new("GROWS", 1, $"note {n}", DateTimeOffset.UnixEpoch.AddSeconds(n));
    }

    [Fact]
    public async Task It_plays_to_the_end_by_itself()
    {
        await using var tab = await Tab.Open(site, $"replay/orders/{site.OrderId}");
        await tab.Page.GetByLabel("Speed").SelectOptionAsync("50");
        await tab.Button("Play").ClickAsync();
        var last = (long)(await site.Node.Get(site.Order))["version"]!;
        await State(tab, last).WaitForAsync();
        await tab.Button("Play").WaitForAsync();
    }

    [Fact]
    public async Task Played_from_the_end_it_begins_again_and_a_pause_holds_it_at_once()
    {
        await using var tab = await Tab.Open(site, $"replay/orders/{site.OrderId}?version=1");
        await tab.Button("Last event").ClickAsync();
        await tab.Becomes("!document.querySelector(\"table[data-version='1']\")");
        await tab.Button("Play").ClickAsync();
        await tab.Page.Locator("table[data-version='2']").WaitForAsync();
        await tab.Button("Pause").ClickAsync();
        await tab.Button("Play").WaitForAsync();
        await tab.Button("First event").ClickAsync();
        await tab.Page.Locator("table[data-version='1']").WaitForAsync();
        await Assertions.Expect(tab.Page.GetByLabel("Version").First).ToHaveValueAsync("1");
    }

    [Fact]
    public async Task A_moment_leads_to_the_version_of_that_time()
    {
        await using var tab = await Tab.Open(site, $"replay/orders/{site.OrderId}");
        var steps = (await site.Node.Get($"{site.Order}/replay?limit=200"))["items"]!.AsArray();
        var last = DateTimeOffset.Parse(steps[^1]!["recordedAt"]!.ToString());
        var local = TimeZoneInfo.ConvertTime(last, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        await tab.Page.GetByLabel("As of").FillAsync(local.ToString("yyyy-MM-dd'T'HH:mm:ss"));
        await tab.Page.GetByLabel("As of").BlurAsync();
        await State(tab, steps.Count).WaitForAsync();

        await tab.Page.GetByLabel("As of").FillAsync(local.AddDays(-1).ToString("yyyy-MM-dd'T'HH:mm:ss"));
        await tab.Page.GetByLabel("As of").BlurAsync();
        await tab.Page.GetByText("Nothing had happened yet.").WaitForAsync();
    }

    [Fact]
    public async Task A_long_ledger_is_looked_into_anywhere_without_all_of_it()
    {
        await using var tab = await Tab.Open(site, $"replay/stock/{Site.BusySku}");
        var asked = 0;
        tab.Page.Request += (_, request) => asked += request.Url.Contains("/replay", StringComparison.Ordinal) ? 1 : 0;
        foreach (var version in (int[])[73_211, Site.BusyEvents, 2])
        {
            await tab.Page.GetByRole(AriaRole.Slider, new PageGetByRoleOptions { Name = "Version" }).FillAsync(version.ToString());
            await State(tab, version).WaitForAsync();
            var pair = (await site.Node.Get($"/v1/stock/{Site.BusySku}/replay?fromVersion={version - 1}&limit=2"))["items"]!.AsArray();
            await Shows(tab, pair[1]!, pair[0]!["state"]);
        }

        // A stretch for each place, and one more where the version before is in another.
        asked.ShouldBeLessThanOrEqualTo(6);
        (await tab.Page.Locator(".log button").CountAsync()).ShouldBeLessThanOrEqualTo(50);
        tab.Complaints.ShouldBeEmpty();
    }

    private static ILocator State(Tab tab, long version) => tab.Page.Locator($"table[data-version='{version}']");

    private static async Task Is_at(Tab tab, JsonNode step)
    {
        await State(tab, (long)step["version"]!).WaitForAsync();
        (await tab.Page.Locator(".log [aria-current]").InnerTextAsync()).ShouldContain(step["type"]!.ToString());
    }

    /// <summary>The page has the values of the API, and lights up what differs from the state before.</summary>
    private static async Task Shows(Tab tab, JsonNode step, JsonNode? before)
    {
        var rows = await tab.Page.EvaluateAsync<string[][]>(
            "[...document.querySelectorAll('table.state tbody tr')].map(r => [r.dataset.path, r.cells[1].textContent.trim(), r.dataset.changed])");
        var (now, old) = (Leaves("", step["state"]!), before is null ? [] : Leaves("", before));
        rows.Select(r => r[0]).ShouldBe(now.Keys.Concat(old.Where(leaf => !now.ContainsKey(leaf.Key) && leaf.Value != "–").Select(leaf => leaf.Key)));
        foreach (var row in rows.Take(now.Count))
        {
            Same(row[1], now[row[0]]).ShouldBeTrue($"{row[0]}: {row[1]} is not {now[row[0]]}");
            (row[2] == "true").ShouldBe(!old.TryGetValue(row[0], out var was) || was != now[row[0]], $"{row[0]} at version {step["version"]}");
        }

        rows.Skip(now.Count).ShouldAllBe(row => row[1] == "removed" && row[2] == "true");
        var lit = rows.Where(r => r[2] == "true").Select(r => r[0].Split('.', '[')[0]).Distinct();
        lit.ShouldBe(step["changed"]!.AsArray().Select(m => m!.ToString()), ignoreOrder: true);
    }

    private static Dictionary<string, string> Leaves(string path, JsonNode? node) => node switch
    {
        JsonObject o => Merge(o.Select(m => Leaves(path.Length == 0 ? m.Key : $"{path}.{m.Key}", m.Value))),
        JsonArray a => Merge(a.Select((item, i) => Leaves($"{path}[{i}]", item))),
        _ => new Dictionary<string, string>(StringComparer.Ordinal) { [path] = node?.ToString() ?? "–" },
    };

    private static Dictionary<string, string> Merge(IEnumerable<Dictionary<string, string>> parts) =>
        parts.SelectMany(part => part).ToDictionary(leaf => leaf.Key, leaf => leaf.Value, StringComparer.Ordinal);

    /// <summary>Numbers have separators on the page, times are local.</summary>
    private static bool Same(string shown, string value) =>
        shown == value
        || (decimal.TryParse(value, out var n) && shown == n.ToString("#,0.######"))
        || (DateTimeOffset.TryParse(value, out var time)
            && shown == TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToString("yyyy-MM-dd HH:mm:ss"));
}
