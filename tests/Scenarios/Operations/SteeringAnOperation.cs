namespace Monolith.Scenarios.Operations;

public sealed class SteeringAnOperation(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("OrderList")]
    [InlineData("OrdersPerDay")]
    [InlineData("Order")]
    public async Task It_is_paused_resumed_slowed_down_and_cancelled(string projection)
    {
        await app.HasProduct($"ST-{projection}");
        await app.HasOrder($"ST-{projection}");
        await app.HasOrder($"ST-{projection}");
        await app.HasCaughtUp(projection);
        var before = (int)(await app.Projection(projection))["generation"]!;

        // One event per second: it will not end while this test looks at it.
        var operation = (await app.Send(
            "POST", $"/admin/projections/{projection}/rebuilds", new { reason = "slowly", maxEventsPerSecond = 1 }, expect: 202)).Header("Location");
        await app.Until(operation, o => o["status"]!.ToString() == "running");
        await app.Send("POST", $"{operation}/pause", new { reason = "rush" }, expect: 202);
        (await app.Send("GET", operation).Json())["phase"]!.ToString().ShouldBe("paused");
        await app.Send("POST", $"{operation}/pause", new { reason = "rush" }, expect: 202);
        await app.Send("POST", $"{operation}/resume", new { reason = "over" }, expect: 202);
        (await app.Send("GET", operation).Json())["phase"]!.ToString().ShouldNotBe("paused");

        await app.Send("POST", $"{operation}/cancellation", expect: 400).ShouldBeProblem("invalid-input");
        await app.Send("POST", $"{operation}/cancellation", new { reason = "enough" }, expect: 202);
        var outcome = (await app.Follow(operation))[^1];
        outcome["status"]!.ToString().ShouldBe("cancelled", outcome.ToString());
        ((double)outcome["percent"]!).ShouldBeLessThan(100);
        (await app.Leftovers()).ShouldBeEmpty();
        ((int)(await app.Projection(projection))["generation"]!).ShouldBe(before);

        // What has ended stays so; it can be asked for again.
        await app.Send("POST", $"{operation}/cancellation", new { reason = "again" }, expect: 202);
        await app.Send("POST", $"{operation}/pause", new { reason = "again" }, expect: 409).ShouldBeProblem("state-conflict");
        var again = (await app.Send("POST", $"{operation}/retry", new { reason = "at night" }, expect: 202)).Header("Location");
        again.ShouldNotBe(operation);
        await app.Send("POST", $"{operation}/retry", new { reason = "twice" }, expect: 409).ShouldBeProblem("operation-running");
        await app.Send("POST", $"{again}/cancellation", new { reason = "enough" }, expect: 202);
        await app.Follow(again);
    }

    [Theory]
    [InlineData("cancellation")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("retry")]
    public async Task Of_an_unknown_one_is_not_found(string what) =>
        await app.Send("POST", $"/admin/operations/nothing/{what}", new { reason = "r" }, expect: 404).ShouldBeProblem("not-found");

    [Fact]
    public async Task Its_progress_is_streamed_until_it_ends()
    {
        var operation = await app.Rebuilds("CustomerSummary");
        var stream = await app.Get($"{operation}/stream");
        stream.ShouldContain("event: operation");
        stream.Split("data: ")[^1].ShouldContain("\"status\":\"succeeded\"");
        await app.Send("GET", "/admin/operations/nothing/stream", expect: 404).ShouldBeProblem("not-found");
    }
}
