using Monolith.Contracts.Ordering;
using Monolith.Ordering.Evolving;
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
        Approval.Files.Where(file => !events.ByName.Keys.Append(FirstOrderCancelled.StoredName).Any(name => file == Approval.FileOf(name))).ShouldBeEmpty();

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
    public void The_first_form_of_a_cancellation_is_read_as_what_it_means_today()
    {
        var first = (FirstOrderCancelled)Approval.Restored(Approval.Read(FirstOrderCancelled.StoredName), typeof(FirstOrderCancelled), events.Serializer);
        FirstOrderCancelled.Upcast(first).ShouldBe(Samples.ByType[typeof(OrderCancelled)]);
        FirstOrderCancelled.Upcast(first with { Reason = "outOfStock" }).ShouldBe(
            new OrderCancelled("order-1", CancellationCause.OutOfStock, Words: null, first.CancelledAt));
        FirstOrderCancelled.Upcast(first with { Reason = "paymentOverdue" }).Reason.ShouldBe("paymentOverdue");
    }

    [Fact]
    public void A_renamed_member_would_be_noticed()
    {
        var approved = Approval.Read("ordering.OrderCancelled.v2");
        var e = (OrderCancelled)Samples.ByType[typeof(OrderCancelled)];

        Approval.Stored(new Renamed(e.OrderId, e.Cause, e.Words, e.CancelledAt), events.Serializer).ShouldNotBe(approved, StringComparer.Ordinal);
        Approval.Restored(approved, typeof(Renamed), events.Serializer).ShouldNotBe(new Renamed(e.OrderId, e.Cause, e.Words, e.CancelledAt));
    }

    private sealed record Renamed(string OrderId, CancellationCause Cause, string? Why, DateTimeOffset CancelledAt);
}
