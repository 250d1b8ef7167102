using System.Text;
using Monolith.Kernel.Webhooks;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Payments;

public class WebhookSignatureTests
{
    // The example that libraries of the Standard Webhooks specification are tested with.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset Sent = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);
    private static readonly string Other = "whsec_" + Convert.ToBase64String(new byte[32]);

    [Fact]
    public void The_specification_s_example_is_signed_alike() => WebhookSignature.Sign(Secret, Id, Timestamp, Body).ShouldBe(Signature);

    [Fact]
    public void A_signature_by_any_secret_among_any_others_is_good()
    {
        IsGood().ShouldBeTrue();
        IsGood(secrets: [Other, Secret]).ShouldBeTrue();
        IsGood(signatures: $"v1,AAAA v2,nothing {Signature}").ShouldBeTrue();
    }

    [Fact]
    public void Whatever_differs_makes_it_bad()
    {
        IsGood(secrets: [Other]).ShouldBeFalse();
        IsGood(secrets: []).ShouldBeFalse();
        IsGood(id: "msg_other").ShouldBeFalse();
        IsGood(id: "").ShouldBeFalse();
        IsGood(timestamp: "1614265331").ShouldBeFalse();
        IsGood(timestamp: "yesterday").ShouldBeFalse();
        IsGood(timestamp: "").ShouldBeFalse();
        IsGood(timestamp: "-1614265330").ShouldBeFalse();
        IsGood(timestamp: "99999999999999999999").ShouldBeFalse();
        IsGood(timestamp: long.MaxValue.ToString()).ShouldBeFalse();
        IsGood(signatures: "").ShouldBeFalse();
        IsGood(signatures: Signature[3..]).ShouldBeFalse();
        IsGood(signatures: Signature.Replace("v1,", "v1a,", StringComparison.Ordinal)).ShouldBeFalse();
        IsGood(signatures: "v1,é").ShouldBeFalse();
        WebhookSignature.IsGood([Secret], Id, Timestamp, Signature, [.. Body, (byte)' '], Sent).ShouldBeFalse();
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void A_request_is_good_for_five_minutes(int secondsLater, bool isGood) =>
        WebhookSignature.IsGood([Secret], Id, Timestamp, Signature, Body, Sent.AddSeconds(secondsLater)).ShouldBe(isGood);

    [Theory]
    [InlineData(Secret, true)]
    [InlineData("whsec_", false)]
    [InlineData("whsec_   ", false)]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false)]
    [InlineData("whsec_not base64!", false)]
    [InlineData("", false)]
    public void A_secret_is_base64(string secret, bool isSecret) => WebhookSignature.IsSecret(secret).ShouldBe(isSecret);

    private static bool IsGood(string[]? secrets = null, string id = Id, string timestamp = Timestamp, string signatures = Signature) =>
        WebhookSignature.IsGood(secrets ?? [Secret], id, timestamp, signatures, Body, Sent);
}
