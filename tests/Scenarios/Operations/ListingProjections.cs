namespace Monolith.Scenarios.Operations;

public sealed class ListingProjections(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Shows_all_of_them_by_name_and_page()
    {
        var all = (await app.Send("GET", "/admin/projections").Json())["items"]!.AsArray().Select(p => p!["name"]!.ToString()).ToList();
        all.ShouldBe(all.Order(StringComparer.Ordinal));
        all.ShouldContain("Order");
        all.ShouldContain("OrdersPerDay");

        var first = await app.Send("GET", "/admin/projections?limit=1").Json();
        var second = await app.Send("GET", $"/admin/projections?limit=1&cursor={first["next"]}").Json();
        second["items"]![0]!["name"]!.ToString().ShouldBe(all[1]);
    }

    [Fact]
    public async Task Shows_how_far_each_has_come()
    {
        await app.HasProduct("LST-1");
        await app.HasOrder("LST-1");
        var head = await app.Head();
        await app.Send("GET", $"/v1/orders?minSequence={head}");

        var list = await app.Projection("OrderList");
        list["kind"]!.ToString().ShouldBe("async");
        list["module"]!.ToString().ShouldBe("ordering");
        list["status"]!.ToString().ShouldBe("running");
        ((int)list["generation"]!).ShouldBe(1);
        ((int)list["node"]!).ShouldBe(1);
        ((long)list["position"]!).ShouldBeGreaterThanOrEqualTo(head);
        list["lastError"].ShouldBeNull();

        var order = await app.Projection("Order");
        order["kind"]!.ToString().ShouldBe("inline");
        order["status"]!.ToString().ShouldBe("running");
        ((long)order["lagEvents"]!).ShouldBe(0);
        order["node"].ShouldBeNull();
    }
}
