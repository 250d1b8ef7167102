using System.Text.Json;
using JasperFx.Events;
using Monolith.Kernel.History;
using Monolith.Operations.Clustering;
using Monolith.Operations.Exploring;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Operations;

public class ExploringTests
{
    [Theory]
    [InlineData("ordering.OrderPlaced", "OrderPlaced", true)]
    [InlineData("ordering.OrderPlaced", "ordering.OrderPlaced", true)]
    [InlineData("ordering.OrderCancelled.v2", "OrderCancelled", true)]
    [InlineData("ordering.OrderCancelled.v2", "ordering.OrderCancelled", true)]
    [InlineData("ordering.OrderCancelled", "ordering.OrderCancelled.v2", true)]
    [InlineData("payments.PaymentOpened", "ordering.PaymentOpened", false)]
    [InlineData("ordering.OrderPlaced", "orderplaced", false)]
    [InlineData("ordering.OrderPlaced", "Order", false)]
    [InlineData("nameless", "nameless", true)]
    public void A_type_is_found_by_its_public_and_by_its_stored_name_in_all_versions(string stored, string type, bool found) =>
        KnownEvents.IsCalled(stored, type).ShouldBe(found);

    [Fact]
    public void A_search_hands_over_no_value_but_as_a_parameter()
    {
        const string Hostile = "'; drop table events.mt_events; --";
        foreach (var search in new EventSearch[]
        {
            new([Hostile, Hostile], Hostile, Hostile, Hostile, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), new(CorrelationId: Hostile), new(Actor: Hostile),
            new(Types: [Hostile]), new(StreamId: Hostile),
        })
        {
            var command = search.Page(before: 17, limit: 51).ToCommand("events");
            command.CommandText.ShouldNotContain(Hostile);
            command.Parameters.Select(parameter => parameter.Value).ShouldContain(51);
        }
    }

    [Fact]
    public void Data_that_nobody_knows_is_written_as_it_was_stored()
    {
        JsonSerializer.Serialize<object>(new UnknownData("""{"a": [1, null]}""")).ShouldBe("""{"a": [1, null]}""");
        JsonSerializer.Serialize<object>(UnknownData.Hidden).ShouldBe("\"***\"");
    }

    [Theory]
    [InlineData("event-subscriptions://marten/main/localhost.monolith/orderlist/all", "OrderList:All")]
    [InlineData("event-subscriptions://marten/main/localhost.monolith/gone/all", "event-subscriptions marten/main/localhost.monolith/gone/all")]
    [InlineData("wolverine://leader/", "leader")]
    [InlineData("wolverinedb://postgresql/localhost/monolith/wolverine", "messages")]
    [InlineData("wolverine-recurring:///", "schedules")]
    [InlineData("wolverine-other:///", "wolverine-other")]
    public void An_agent_has_a_name_for_people(string uri, string name) => AgentView.Of(
        new Uri(uri), new Dictionary<Uri, string> { [new("event-subscriptions://marten/main/localhost.monolith/orderlist/all")] = "OrderList:All" }).Name.ShouldBe(name);

    [Fact]
    public void What_the_audit_recorded_of_a_command_is_no_cause_of_what_followed()
    {
        const string Command = "POST /admin/things#c1";
        IEvent[] events =
        [
            Logged(1, "audit", "operations.AdminActionAttempted", Command), Logged(2, "thing", "operations.ThingAsked", Command),
            Logged(3, "audit", "operations.AdminActionFinished", Command), Logged(4, "thing", "operations.ThingDone", $"{Command};DoThing#m1"),
        ];
        var chain = CausationChain.Of(events[3], events, most: 10);
        chain.Edges.ShouldBe([new("c1", "2"), new("2", "m1"), new("m1", "4")], ignoreOrder: true);
        CausationChain.Of(events[0], events, most: 10).Edges.ShouldBe([new("c1", "1")]);
    }

    [Fact]
    public void A_chain_that_was_cut_says_so_and_has_the_event_that_was_asked_for()
    {
        var events = Enumerable.Range(1, 4).Select(n => Logged(n, "thing", "gone.ThingDone", $"POST /things#c{n}")).ToArray();
        CausationChain.Of(events[0], events, most: 4).Truncated.ShouldBeFalse();
        var cut = CausationChain.Of(events[3], events, most: 3);
        cut.Truncated.ShouldBeTrue();
        cut.Edges.ShouldBe([new("c4", "4")]);
    }

    private static Event<UnknownData> Logged(long sequence, string stream, string type, string causation)
    {
        var e = new Event<UnknownData>(new UnknownData("{}")) { Sequence = sequence, StreamKey = stream, EventTypeName = type, CausationId = causation };
        e.SetHeader(RecordedEvent.TraceHeader, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        return e;
    }
}
