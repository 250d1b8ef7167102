using System.Text.Json.Nodes;

namespace Monolith.Scenarios.Operations;

public sealed class RebuildingAnAsyncProjection(App app) : IClassFixture<App>
{
    private const string Daily = "OrdersPerDay";

    [Fact]
    public async Task Ends_at_100_percent_with_the_same_totals_and_live()
    {
        await app.HasProduct("REB-1");
        for (var i = 0; i < 40; i++)
        {
            var id = await app.HasOrder("REB-1", quantity: 1 + (i % 3));
            if (i % 4 == 0)
            {
                await app.Pays(id);
            }
        }

        var before = await Report();
        before.AsArray().Count.ShouldBeGreaterThan(1);
        var generation = (int)(await app.Projection(Daily))["generation"]!;

        var said = await app.Follow(await app.Rebuilds(Daily));

        var outcome = said[^1];
        outcome["status"]!.ToString().ShouldBe("succeeded", outcome.ToString());
        outcome["phase"]!.ToString().ShouldBe("done");
        outcome["kind"]!.ToString().ShouldBe("rebuild");
        outcome["target"]!.ToString().ShouldBe(Daily);
        outcome["actor"]!.ToString().ShouldBe("dev");
        outcome["reason"]!.ToString().ShouldBe("the fold was corrected");
        ((long)outcome["processed"]!).ShouldBe((long)outcome["total"]!);
        ((double)outcome["percent"]!).ShouldBe(100);
        said.SkipLast(1).ShouldAllBe(o => (double)o["percent"]! < 100);
        var percents = said.Select(o => (double)o["percent"]!).ToList();
        percents.ShouldBe(percents.Order());

        (await Report()).ToJsonString().ShouldBe(before.ToJsonString());
        var projection = await app.Projection(Daily);
        projection["status"]!.ToString().ShouldBe("running");
        ((int)projection["generation"]!).ShouldBeGreaterThan(generation);

        await app.HasOrder("REB-1");
        (await Report()).AsArray().Sum(row => (int)row!["orders"]!).ShouldBe(1 + before.AsArray().Sum(row => (int)row!["orders"]!));
    }

    [Fact]
    public async Task Of_simultaneous_requests_one_is_accepted_and_the_others_are_told_about_it()
    {
        await app.HasProduct("REB-2");
        await app.HasOrder("REB-2");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Host.Scenario(s =>
        {
            s.Post.Json(new { reason = "twice" }).ToUrl("/admin/projections/CustomerSummary/rebuilds");
            s.IgnoreStatusCode();
        })));

        var accepted = answers.Where(a => a.Context.Response.StatusCode == 202).ShouldHaveSingleItem();
        var operation = accepted.Header("Location");
        foreach (var refused in answers.Except([accepted]))
        {
            await Task.FromResult(refused).ShouldBeProblem("operation-running");
            JsonNode.Parse(await refused.ReadAsTextAsync())!["operation"]!.ToString().ShouldBe(operation);
        }

        await app.Succeeds(operation);
        await app.Succeeds(await app.Rebuilds("CustomerSummary"));
    }

    private async Task<JsonNode> Report()
    {
        var report = await app.Send("GET", $"/v1/reports/orders-per-day?limit=200&minSequence={await app.Head()}").Json();
        return report["items"]!;
    }
}
