using Marten;
using Monolith.Kernel.Commands;
using Wolverine.Tracking;

namespace Monolith.Scenarios.Conventions;

public sealed class KeptReplies(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Replies_are_forgotten_after_a_day()
    {
        await app.HasProduct("KR-1");
        await app.Send("POST", "/v1/orders", Shop.OrderOf("KR-1"), expect: 201, headers: ("Idempotency-Key", "old"));
        app.Clock.Move(TimeSpan.FromHours(20));
        await app.Send("POST", "/v1/orders", Shop.OrderOf("KR-1"), expect: 201, headers: ("Idempotency-Key", "young"));
        app.Clock.Move(TimeSpan.FromHours(5));

        await app.Host.InvokeMessageAndWaitAsync(new ForgetOldReplies());

        await using var session = app.Store.QuerySession();
        (await session.Query<IdempotentReply>().CountAsync()).ShouldBe(1);
    }
}
