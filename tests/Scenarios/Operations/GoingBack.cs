using Monolith.Operations.RollingBack;

namespace Monolith.Scenarios.Operations;

public sealed class GoingBack(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("OrderList", "ordering.mt_doc_orderlistitem")]
    [InlineData("OrdersPerDay", "ordering.mt_doc_ordersperday")]
    [InlineData("Order", "ordering.mt_doc_order")]
    public async Task Shows_the_generation_before_with_all_that_happened_since(string projection, string table)
    {
        await app.HasProduct($"BACK-{projection}");
        var order = await app.HasOrder($"BACK-{projection}");
        // What is counted as paid keeps its mark: the late order does not get there.
        await app.Pays(await app.HasOrder($"BACK-{projection}"));
        await app.HasCaughtUp(projection);
        await app.Superuser($"update {table} set data = data || '{{\"mark\": 1}}'");
        await app.Succeeds(await app.Rebuilds(projection));
        (await app.Number($"select count(*) from {table} where data ? 'mark'")).ShouldBe(0);

        await app.HasOrder($"BACK-{projection}", customerId: "late");
        await app.HasCaughtUp(projection);
        var right = await app.Number($"select count(*) from {table}");
        await app.Succeeds((await app.Send("POST", $"/admin/projections/{projection}/rollback", new { reason = "it was better" }, expect: 202)).Header("Location"));

        (await app.Number($"select count(*) from {table} where data ? 'mark'")).ShouldBeGreaterThan(0);
        (await app.Number($"select count(*) from {table}")).ShouldBe(right);
        (await app.Leftovers()).ShouldBeEmpty();

        // And forward again: what was read meanwhile is kept in its place.
        await app.Pays(order);
        await app.Succeeds((await app.Send("POST", $"/admin/projections/{projection}/rollback", new { reason = "it was not" }, expect: 202)).Header("Location"));
        (await app.Number($"select count(*) from {table} where data ? 'mark'")).ShouldBe(0);
        await app.HasCaughtUp(projection);
        var report = (await app.Succeeds(await app.Verifies(projection)))["report"]!;
        new[] { "onlyLive", "onlyRebuilt", "different", "moving" }.Sum(d => (int)report[d]!).ShouldBe(0, report.ToString());
    }

    [Fact]
    public async Task Is_refused_when_no_generation_is_kept()
    {
        await app.Send("POST", "/admin/projections/Payment/rollback", new { reason = "r" }, expect: 422).ShouldBeProblem("rule-violated");
        await app.Send("POST", "/admin/projections/Nothing/rollback", new { reason = "r" }, expect: 404).ShouldBeProblem("not-found");
        await app.Send("POST", "/admin/projections/Payment/rollback", expect: 400).ShouldBeProblem("invalid-input");

        await app.Succeeds(await app.Rebuilds("Payment"));
        app.Clock.Move(TimeSpan.FromDays(8));
        await app.Hears(new ForgetPreviousGenerations());

        (await app.Number("select count(*) from pg_namespace where nspname = 'previous_payment'")).ShouldBe(0);
        await app.Send("POST", "/admin/projections/Payment/rollback", new { reason = "r" }, expect: 422).ShouldBeProblem("rule-violated");
    }
}
