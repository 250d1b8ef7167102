using Marten;

namespace Monolith.Scenarios.Conventions;

public sealed class Idempotency(App app) : IClassFixture<App>
{
    private static readonly string[] ReplayedHeaders = ["Location", "ETag", "Monolith-Sequence", "Content-Type"];

    [Fact]
    public async Task A_repeated_command_gets_the_first_reply_even_after_the_order_went_on()
    {
        await app.HasProduct("ID-1");
        var first = await app.Settles(() => app.Send("POST", "/v1/orders", Shop.OrderOf("ID-1"), expect: 201, headers: ("Idempotency-Key", "place")));
        await app.Pays(first.Header("Location").Split('/')[^1]);
        var again = await app.Send("POST", "/v1/orders", Shop.OrderOf("ID-1"), expect: 201, headers: ("Idempotency-Key", "place"));

        (await again.ReadAsTextAsync()).ShouldBe(await first.ReadAsTextAsync());
        ReplayedHeaders.ShouldAllBe(name => again.Header(name) == first.Header(name) && first.Header(name).Length > 0);
    }

    [Fact]
    public async Task The_key_belongs_to_body_route_and_caller()
    {
        await app.HasProduct("ID-2");
        var placed = await app.Send("POST", "/v1/orders", Shop.OrderOf("ID-2"), expect: 201, headers: ("Idempotency-Key", "scope"));
        await app.Send("POST", "/v1/orders", Shop.OrderOf("ID-2", 2), expect: 422, headers: ("Idempotency-Key", "scope"))
            .ShouldBeProblem("idempotency-key-reused");

        var other = await app.Send(
            "POST", "/v1/orders", Shop.OrderOf("ID-2"), expect: 201, token: Tokens.For("sue", "support"), headers: ("Idempotency-Key", "scope"));
        other.Header("Location").ShouldNotBe(placed.Header("Location"));
        await app.Send("POST", $"{placed.Header("Location")}/cancellation", new { reason = "r" }, headers: ("Idempotency-Key", "scope"));
    }

    [Fact]
    public async Task A_failed_command_leaves_no_key()
    {
        await app.Send("POST", "/v1/orders", Shop.OrderOf("ID-3"), expect: 422, headers: ("Idempotency-Key", "failed"));
        await app.HasProduct("ID-3");
        await app.Send("POST", "/v1/orders", Shop.OrderOf("ID-3"), expect: 201, headers: ("Idempotency-Key", "failed"));
    }

    [Fact]
    public async Task A_command_that_changed_nothing_is_remembered_too()
    {
        await app.HasProduct("ID-4");
        var id = await app.HasOrder("ID-4");
        await app.Send("POST", $"/v1/orders/{id}/cancellation", new { reason = "first" });
        await app.Send("POST", $"/v1/orders/{id}/cancellation", new { reason = "again" }, headers: ("Idempotency-Key", "nothing"));
        await app.Send("POST", $"/v1/orders/{id}/cancellation", new { reason = "other" }, expect: 422, headers: ("Idempotency-Key", "nothing"));
    }

    [Fact]
    public async Task Of_a_hundred_identical_requests_at_once_one_is_carried_out()
    {
        await app.HasProduct("ID-5");
        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            app.Insists("POST", "/v1/orders", Shop.OrderOf("ID-5", customerId: "hundred"), ("Idempotency-Key", "hundred"))));
        replies.ShouldAllBe(r => r.Context.Response.StatusCode == 201);

        replies.Select(r => r.Header("Location")).Distinct().Count().ShouldBe(1);
        replies.Select(r => r.Header("Monolith-Sequence")).Distinct().Count().ShouldBe(1);
        await using var session = app.Store.QuerySession();
        (await session.Query<Monolith.Ordering.Order>().CountAsync(o => o.CustomerId == "hundred")).ShouldBe(1);
    }

    [Fact]
    public async Task A_twin_that_lost_gets_the_reply_of_the_one_that_won()
    {
        await app.HasProduct("ID-7");
        var id = await app.HasOrder("ID-7");
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => app.Send(
            "POST", $"/v1/orders/{id}/payments", new { amount = 14.9, reference = "twin" }, expect: 201, headers: ("Idempotency-Key", "twin"))));

        replies.Select(r => r.Header("Monolith-Sequence")).Distinct().Count().ShouldBe(1);
        replies.Select(r => r.Header("ETag")).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task After_a_day_the_key_is_free_again()
    {
        await app.HasProduct("ID-6");
        var first = await app.Send("POST", "/v1/orders", Shop.OrderOf("ID-6"), expect: 201, headers: ("Idempotency-Key", "day"));
        app.Clock.Move(TimeSpan.FromHours(25));
        var next = await app.Send("POST", "/v1/orders", Shop.OrderOf("ID-6"), expect: 201, headers: ("Idempotency-Key", "day"));
        next.Header("Location").ShouldNotBe(first.Header("Location"));
    }
}
