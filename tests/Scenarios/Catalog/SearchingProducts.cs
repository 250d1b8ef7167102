namespace Monolith.Scenarios.Catalog;

public sealed class SearchingProducts(App app) : IClassFixture<App>
{
    private async Task<string[]> Find(string query) =>
        [.. (await app.Send("GET", $"/v1/products?{query}").Json())["items"]!.AsArray().Select(p => p!["sku"]!.ToString())];

    [Fact]
    public async Task Every_word_is_found_anywhere_in_name_or_sku_in_any_case()
    {
        await app.HasProduct("S-GREEN", name: "Sencha, the Green Tea");
        await app.HasProduct("S-BLACK", name: "Black tea 100%_pure");
        await app.HasProduct("S-MUG", name: "Green mug", category: "mugs", active: false);

        (await Find("search=green")).ShouldBe(["S-MUG", "S-GREEN"]);
        (await Find("search=EA+een")).ShouldBe(["S-GREEN"]);
        (await Find("search=s-bl")).ShouldBe(["S-BLACK"]);
        (await Find("search=100%25_")).ShouldBe(["S-BLACK"]);
        (await Find("search=nothing")).ShouldBeEmpty();
        (await Find("search=green&active=true")).ShouldBe(["S-GREEN"]);
        (await Find("search=green&category=mugs")).ShouldBe(["S-MUG"]);
        (await Find("category=mugs&active=true")).ShouldBeEmpty();
    }
}
