using System.Security.Claims;
using System.Text.Json;
using Monolith.Contracts.Inventory;
using Monolith.Contracts.Payments;
using Monolith.Kernel.Access;
using Monolith.Operations.DeadLetters;
using Shouldly;
using Wolverine;
using Wolverine.Runtime.Serialization;
using Xunit;

namespace Monolith.Unit.Operations;

public sealed class MessageBodyTests
{
    private static readonly ClaimsPrincipal Viewer = Who(Role.Viewer);
    private static readonly ClaimsPrincipal Support = Who(Role.Support);

    private static readonly Masks Masks = new([new Mask(typeof(PaymentDeclined), e => (PaymentDeclined)e with { Reference = Mask.Text })]);

    [Theory]
    [InlineData("it failed\n   at Monolith.Somewhere()", "it failed")]
    [InlineData("\n  it failed", "it failed")]
    [InlineData("", "")]
    [InlineData("Marten Command Failure:$\ninsert into x (data)\nvalues ($1)$\n$\n23514: it failed\nDETAIL: no", "23514: it failed")]
    [InlineData("Marten Command Failure:$\r\nselect 1$\r\n$\r\n57014: it was cancelled", "57014: it was cancelled")]
    public void One_line_says_what_is_wrong(string text, string line) => MessageBody.Complaint(text, Support).ShouldBe(line);

    [Theory]
    [InlineData("The value 'Anna Adam' is not a number", "The value '***' is not a number")]
    [InlineData("invalid input: \"Am Markt 1\"", "invalid input: '***'")]
    [InlineData("It can't be done, it won't", "It can't be done, it won't")]
    public void What_is_in_quotes_may_be_personal(string text, string shown)
    {
        MessageBody.Complaint(text, Viewer).ShouldBe(shown);
        MessageBody.Complaint(text, Support).ShouldBe(text);
    }

    [Fact]
    public void A_long_line_is_cut() => MessageBody.Complaint(new string('x', 1000), Support).Length.ShouldBeLessThan(400);

    [Fact]
    public void A_mask_hides_what_is_personal()
    {
        var message = new PaymentDeclined("payment-1", "order-1", "Anna Adam", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        MessageBody.Show(message, Masks, Viewer).ShouldBe(message with { Reference = Mask.Text });
        MessageBody.Show(message, Masks, Support).ShouldBe(message);
    }

    [Fact]
    public void Without_a_mask_only_identifiers_are_shown()
    {
        var message = new OpenPayment("order-1", "payment-1", "anna", 12.90m, "EUR");
        JsonSerializer.Serialize(MessageBody.Show(message, Masks, Viewer))
            .ShouldBe("""{"orderId":"order-1","paymentId":"payment-1","customerId":"anna"}""");
        MessageBody.Show(message, Masks, Support).ShouldBe(message);
        MessageBody.Show(message: null, Masks, Support).ShouldBeNull();
    }

    [Fact]
    public void What_is_unknown_or_broken_cannot_be_read()
    {
        var serializer = new SystemTextJsonSerializer(SystemTextJsonSerializer.DefaultOptions());
        var message = new ReleaseStock("order-1");
        var envelope = new Envelope { Data = serializer.WriteMessage(message) };
        MessageBody.Read(envelope, typeof(ReleaseStock).FullName!, serializer).ShouldBe(message);
        MessageBody.Read(envelope, "Monolith.Contracts.Inventory.Retired", serializer).ShouldBeNull();
        MessageBody.Read(envelope, "System.String", serializer).ShouldBeNull();
        MessageBody.Read(new Envelope { Data = "{"u8.ToArray() }, typeof(ReleaseStock).FullName!, serializer).ShouldBeNull();
        MessageBody.Read(new Envelope { Data = [] }, typeof(ReleaseStock).FullName!, serializer).ShouldBeNull();
    }

    private static ClaimsPrincipal Who(string role) => new(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "test"));
}
