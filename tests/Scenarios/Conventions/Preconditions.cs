namespace Monolith.Scenarios.Conventions;

public sealed class Preconditions(App app) : IClassFixture<App>
{
    [Fact]
    public async Task If_Match_is_judged_before_the_state()
    {
        await app.HasProduct("PC-1");
        var placed = await app.Settles(() => app.Send("POST", "/v1/orders", Shop.OrderOf("PC-1"), expect: 201));
        var path = placed.Header("Location");
        var old = placed.Header("ETag");
        await app.Pays(path.Split('/')[^1]);

        await app.Send("POST", $"{path}/shipment", new { carrier = "C", trackingNumber = "T" }, expect: 412, headers: ("If-Match", old))
            .ShouldBeProblem("precondition-failed");
        var current = (await app.Send("GET", path)).Header("ETag");
        await app.Settles(() => app.Send(
            "POST", $"{path}/shipment", new { carrier = "C", trackingNumber = "T" }, expect: 201, headers: ("If-Match", $"\"x\", {current}")));
        await app.Send("POST", $"{path}/cancellation", new { reason = "r" }, expect: 412, headers: ("If-Match", current)).ShouldBeProblem("precondition-failed");
        await app.Send("POST", $"{path}/cancellation", new { reason = "r" }, expect: 409, headers: ("If-Match", "*")).ShouldBeProblem("state-conflict");
    }

    [Fact]
    public async Task Racing_commands_are_settled_by_the_server()
    {
        await app.HasProduct("PC-2");
        var id = await app.HasOrder("PC-2");
        var attempts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.Host.Scenario(s =>
        {
            s.Post.Json(new { amount = 14.9, reference = "race" }).ToUrl($"/v1/orders/{id}/payments");
            s.IgnoreStatusCode();
        })));

        attempts.Count(a => a.Context.Response.StatusCode == 201).ShouldBe(1);
        attempts.Count(a => a.Context.Response.StatusCode == 409).ShouldBe(9);
        var payment = await app.Send("GET", $"/v1/orders/{id}/payment").Json();
        ((decimal)payment["paid"]!).ShouldBe(14.9m);
    }
}
