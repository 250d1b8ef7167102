using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.History;

namespace Monolith.Scenarios.Operations;

public sealed class ReadingStreams(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Every_kind_of_stream_can_be_read()
    {
        await app.HasProduct("RS-1");
        var id = await app.HasOrder("RS-1");
        await app.Pays(id);
        var payment = (await app.Order(id))["payment"]!["paymentId"]!.ToString();
        var shipment = await app.Ships(id);
        await app.HasForeignEvent("gone-1", "gone.ThingHappened");
        var operation = await app.Rebuilds("OrderList");
        await app.Succeeds(operation);

        foreach (var (stream, type, version) in new[]
        {
            (id, "order", 6), ("stock-RS-1", "stock", 3), ("product-RS-1", "product", 1), (payment, "payment", 2), (shipment, "shipment", 2),
            ($"operation-{operation.Split('/')[^1]}", "operation", 4), ("gone-1", "gone", 1),
        })
        {
            var view = await app.Send("GET", $"/admin/streams/{stream}").Json();
            (view["streamId"]!.ToString(), view["type"]!.ToString(), (int)view["version"]!, (bool)view["isArchived"]!).ShouldBe((stream, type, version, false));
            view["createdAt"]!.GetValue<DateTimeOffset>().ShouldBeLessThanOrEqualTo(view["updatedAt"]!.GetValue<DateTimeOffset>());
            view["events"]!["items"]!.AsArray().Select(e => (int)e!["version"]!).ShouldBe(Enumerable.Range(1, version));
            view["events"]!["items"]!.AsArray().ShouldAllBe(e => e!["streamId"]!.ToString() == stream && e["streamType"]!.ToString() == type);
        }

        (await app.Send("GET", "/admin/streams/audit").Json())["type"]!.ToString().ShouldBe("audit");
    }

    [Fact]
    public async Task Its_events_come_in_pages_oldest_first()
    {
        await app.HasProduct("RS-2");
        foreach (var quantity in Enumerable.Range(1, 4))
        {
            await app.Receives("RS-2", quantity);
        }

        var versions = new List<int>();
        string? next = null;
        do
        {
            var answer = await app.Send("GET", $"/admin/streams/stock-RS-2?limit=2{(next is null ? "" : $"&cursor={next}")}");
            var page = JsonNode.Parse(await answer.ReadAsTextAsync())!;
            ((int)page["version"]!).ShouldBe(5);
            versions.AddRange(page["events"]!["items"]!.AsArray().Select(e => (int)e!["version"]!));
            next = page["events"]!["next"]?.ToString();
            answer.Header("Link").Contains("rel=\"next\"", StringComparison.Ordinal).ShouldBe(next is not null);
        }
        while (next is not null);

        versions.ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task Its_entity_tag_changes_with_every_event_and_with_the_archive()
    {
        await app.HasProduct("RS-3");
        var id = await app.HasOrder("RS-3");
        var first = (await app.Send("GET", $"/admin/streams/{id}")).Header("ETag");
        await app.Send("GET", $"/admin/streams/{id}", expect: 304, headers: ("If-None-Match", first));
        await app.Cancels(id);
        var second = (await app.Send("GET", $"/admin/streams/{id}", headers: ("If-None-Match", first))).Header("ETag");

        await app.Host.Services.GetRequiredService<StreamArchive>().Archive([(id, 4)], TestContext.Current.CancellationToken);
        var archived = await app.Send("GET", $"/admin/streams/{id}", headers: ("If-None-Match", second)).Json();
        ((bool)archived["isArchived"]!).ShouldBeTrue();
        archived["events"]!["items"]!.AsArray().Count.ShouldBe(4);
    }

    [Fact]
    public async Task Viewers_see_no_personal_data_and_an_unknown_stream_is_not_there()
    {
        await app.HasProduct("RS-4");
        var id = await app.HasOrder("RS-4");
        var masked = await app.Send("GET", $"/admin/streams/{id}", token: Tokens.For("vera", "viewer"));
        (await masked.ReadAsTextAsync()).ShouldNotContain("Anna Adam");
        await app.Send("GET", "/admin/streams/nothing", expect: 404).ShouldBeProblem("not-found");
        await app.Send("GET", $"/admin/streams/{id}?cursor=nonsense", expect: 400).ShouldBeProblem("invalid-input");
    }
}
