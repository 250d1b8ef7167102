using Monolith.Contracts.Ordering;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Contracts;

public class ApprovedEventsTests(StoredEvents events) : IClassFixture<StoredEvents>
{
    [Fact]
    public void Every_event_has_an_approved_sample()
    {
        Approval.Missing(events.ByName.Keys, Approval.Files).ShouldBeEmpty("Add these to Contracts/Approved.");
        events.ByName.Values.Where(type => !Samples.ByType.ContainsKey(type)).ShouldBeEmpty("Add these to Samples.");
    }

    [Fact]
    public void Every_approved_sample_is_of_an_event() =>
        Approval.Files.Where(file => !events.ByName.Keys.Any(name => file.StartsWith($"{name}.v", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void Every_event_is_stored_as_approved()
    {
        foreach (var (name, type) in events.ByName)
        {
            Approval.Stored(Samples.ByType[type], events.Serializer).ShouldBe(Approval.Read(name), $"{name} is stored in another form than approved.");
        }
    }

    [Fact]
    public void Every_approved_sample_is_read_as_the_same_event()
    {
        foreach (var (name, type) in events.ByName)
        {
            Approval.Restored(Approval.Read(name), type, events.Serializer).ShouldBeEquivalentTo(Samples.ByType[type], name);
        }
    }

    [Fact]
    public void An_event_without_a_sample_would_be_noticed() =>
        Approval.Missing([.. events.ByName.Keys, "ordering.OrderForgotten"], Approval.Files).ShouldBe(["ordering.OrderForgotten"]);

    [Fact]
    public void A_renamed_member_would_be_noticed()
    {
        var approved = Approval.Read("ordering.OrderCancelled");
        var e = (OrderCancelled)Samples.ByType[typeof(OrderCancelled)];

        Approval.Stored(new Renamed(e.OrderId, e.Reason, e.CancelledAt), events.Serializer).ShouldNotBe(approved, StringComparer.Ordinal);
        Approval.Restored(approved, typeof(Renamed), events.Serializer).ShouldNotBe(new Renamed(e.OrderId, e.Reason, e.CancelledAt));
    }

    private sealed record Renamed(string OrderId, string Why, DateTimeOffset CancelledAt);
}
