namespace Monolith.Scenarios.Fulfilment;

public sealed class LeavingModulesOut(TestServer server)
{
    [Fact]
    public async Task Modules_that_no_other_needs_can_be_left_out()
    {
        await using var app = new App(server);
        app.Settings["Modules:Insights"] = "false";
        app.Settings["Modules:Operations"] = "false";
        await app.InitializeAsync();
        await app.HasProduct("OUT-1");
        var id = await app.HasOrder("OUT-1");
        await app.Pays(id);
        await app.Delivers(await app.Ships(id));

        (await app.StatusOf(id)).ShouldBe("delivered");
        (await app.Send("GET", $"/v1/orders?minSequence={await app.Head()}").Json())["items"]!.AsArray().Count.ShouldBe(1);
        await app.Send("GET", "/admin/projections", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", "/v1/insights", expect: 404).ShouldBeProblem("not-found");
        var document = await (await app.Send("GET", "/openapi/v1.json")).ReadAsTextAsync();
        document.ShouldNotContain("/admin/");
        document.ShouldNotContain("/v1/insights");
    }
}
