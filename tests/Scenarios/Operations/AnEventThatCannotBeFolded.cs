using Monolith.Contracts.Ordering;

namespace Monolith.Scenarios.Operations;

public sealed class AnEventThatCannotBeFolded(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Stops_the_projection_and_fails_its_rebuild()
    {
        await app.HasProduct("BAD-1");
        await app.HasOrder("BAD-1");
        await app.Send("GET", $"/v1/orders?minSequence={await app.Head()}");
        var culprit = await app.Appends(OrderWithoutLines());

        await app.Until("OrderList", p => p["status"]!.ToString() == "failed");
        var projection = await app.Projection("OrderList");
        projection["lastError"]!.ToString().ShouldContain($"Event {culprit}");
        projection["lastError"]!.ToString().ShouldNotContain(" at Monolith.");
        ((long)projection["lagEvents"]!).ShouldBeGreaterThan(0);
        ((double)projection["lagSeconds"]!).ShouldBeGreaterThan(0);

        var outcome = (await app.Follow(await app.Rebuilds("OrderList")))[^1];
        outcome["status"]!.ToString().ShouldBe("failed");
        outcome["error"]!.ToString().ShouldContain($"Event {culprit}");
        ((double)outcome["percent"]!).ShouldBeLessThan(100);

        // The projection was started again, and stopped again; another rebuild may be asked for.
        await app.Until("OrderList", p => p["status"]!.ToString() == "failed");
        (await app.Follow(await app.Rebuilds("OrderList")))[^1]["status"]!.ToString().ShouldBe("failed");
    }

    private static OrderPlaced OrderWithoutLines() => new(
        Guid.CreateVersion7().ToString(), "anna", "EUR", Lines: null!, new Recipient("A", "S", "C", "1", "DE"), DeliveryService.Standard,
        new DeliveryCharge(0, 0, Zone: null, 0), ItemsTotal: 1, Total: 1, DateTimeOffset.UnixEpoch);
}
