using Monolith.Contracts.Ordering;
using Monolith.Contracts.Shipping;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Shipping;
using Monolith.Shipping.Delivering;
using Monolith.Shipping.Dispatching;
using Monolith.Shipping.Planning;
using Monolith.Unit.Ordering;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Shipping;

public class ShipmentTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly PlanShipment Plan = new("order", "ship", "DE", DeliveryService.Standard, 0.3m);
    private static readonly DispatchShipment Dispatch = new("DHL", "T-1");

    private static readonly Shipment Planned = Folded.From<Shipment>(PlanShipmentHandler.Decide(known: null, Plan, Now).Events)!;
    private static readonly Shipment Left = After(Planned, DispatchShipment.Decide(Planned, orderWaits: true, Dispatch, Now));
    private static readonly Shipment Arrived = After(Left, DeliverShipment.Decide(Left, new DeliverShipment(), Now));
    private static readonly Shipment Cancelled = After(Planned, CancelShipmentHandler.Decide(Planned, Now));

    [Fact]
    public void A_shipment_is_planned_once() => PlanShipmentHandler.Decide(Planned, Plan, Now).ShouldBe(Decision.Nothing);

    [Fact]
    public void What_is_planned_for_a_waiting_order_leaves_and_others_hear_of_it()
    {
        var decision = DispatchShipment.Decide(Planned, orderWaits: true, Dispatch, Now);
        decision.Events.ShouldBe([new ShipmentDispatched("ship", "order", "DHL", "T-1", Now)]);
        decision.Messages.ShouldBe(decision.Events);
    }

    [Fact]
    public void Nothing_else_leaves()
    {
        DispatchShipment.Decide(Planned, orderWaits: false, Dispatch, Now).ShouldBeConflict();
        foreach (var shipment in new[] { null, Left, Arrived, Cancelled })
        {
            DispatchShipment.Decide(shipment, orderWaits: true, Dispatch, Now).ShouldBeConflict();
        }
    }

    [Fact]
    public void Only_what_has_not_left_is_cancelled()
    {
        Cancelled.Status.ShouldBe(ShipmentStatus.Cancelled);
        new[] { Left, Arrived, Cancelled }.ShouldAllBe(shipment => CancelShipmentHandler.Decide(shipment, Now) == Decision.Nothing);
    }

    [Fact]
    public void What_has_left_is_delivered_once_in_utc_and_microseconds()
    {
        var at = Now.AddHours(1).AddTicks(-17).ToOffset(TimeSpan.FromHours(2));
        var delivered = DeliverShipment.Decide(Left, new DeliverShipment(at), Now.AddHours(2)).Events.ShouldHaveSingleItem().ShouldBeOfType<ShipmentDelivered>();
        delivered.DeliveredAt.ShouldBe(Now.AddHours(1).AddTicks(-20));
        delivered.DeliveredAt.Offset.ShouldBe(TimeSpan.Zero);
        foreach (var shipment in new[] { Planned, Arrived, Cancelled })
        {
            DeliverShipment.Decide(shipment, new DeliverShipment(), Now).ShouldBeConflict();
        }
    }

    [Fact]
    public void A_delivery_is_between_the_dispatch_and_now()
    {
        Errors.Of(new DeliverShipment(Now).Check(Left, Now.AddHours(1))).ShouldBeEmpty();
        Errors.Of(new DeliverShipment(Now.AddHours(1)).Check(Left, Now.AddHours(1))).ShouldBeEmpty();
        Errors.Of(new DeliverShipment(DeliveredAt: null).Check(Left, Now)).ShouldBeEmpty();
        Errors.Of(new DeliverShipment(Now.AddTicks(-1)).Check(Left, Now)).ShouldBe(["deliveredAt"]);
        Errors.Of(new DeliverShipment(Now.AddTicks(1)).Check(Left, Now)).ShouldBe(["deliveredAt"]);
    }

    private static Shipment After(Shipment shipment, Decision decision) => Folded.After(shipment, decision.Events)!;
}
