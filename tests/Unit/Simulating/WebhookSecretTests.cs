using Monolith.Kernel.Webhooks;
using Monolith.Simulator;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Simulating;

public class WebhookSecretTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void The_app_accepts_the_simulators_signature()
    {
        var signature = WebhookSecret.Sign(Secret, "msg_1", "1700000000", "{}"u8);

        WebhookSignature.IsGood([Secret], "msg_1", "1700000000", signature, "{}"u8, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)).ShouldBeTrue();
    }

    /// <summary>The example of the Standard Webhooks libraries.</summary>
    [Fact]
    public void Signatures_are_those_of_the_specification() =>
        WebhookSecret.Sign(Secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", """{"test": 2432232314}"""u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Theory]
    [InlineData(Secret, true)]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false)]
    [InlineData("whsec_", false)]
    [InlineData("whsec_not base64!", false)]
    public void A_secret_is_checked_before_the_run(string secret, bool right) => (WebhookSecret.Error(secret) is null).ShouldBe(right);
}
