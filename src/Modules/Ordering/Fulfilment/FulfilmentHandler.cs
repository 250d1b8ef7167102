using Monolith.Contracts.Inventory;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Wolverine;
using Wolverine.Persistence.EventSourcing;

namespace Monolith.Ordering.Fulfilment;

/// <summary>Brings what other modules confirm to the order; <see cref="OrderFulfilment"/> decides.</summary>
public static class FulfilmentHandler
{
    public static (EventsToAppend, OutgoingMessages) Handle(ReservationMade message, [WriteModel] Order order, TimeProvider time) =>
        OrderFulfilment.Decide(order, message, NewId(), time.BusinessNow()).ToAppend();

    public static (EventsToAppend, OutgoingMessages) Handle(OutOfStock message, [WriteModel] Order order, TimeProvider time) =>
        OrderFulfilment.Decide(order, message, time.BusinessNow()).ToAppend();

    public static (EventsToAppend, OutgoingMessages) Handle(PaymentOpened message, [WriteModel] Order order, TimeProvider time) =>
        OrderFulfilment.Decide(order, message, time.BusinessNow()).ToAppend();

    public static (EventsToAppend, OutgoingMessages) Handle(PaymentDeclined message, [WriteModel] Order order, TimeProvider time) =>
        OrderFulfilment.Decide(order, message, time.BusinessNow()).ToAppend();

    public static (EventsToAppend, OutgoingMessages) Handle(PaymentSettled message, [WriteModel] Order order, TimeProvider time) =>
        OrderFulfilment.Decide(order, message, NewId(), time.BusinessNow()).ToAppend();

    public static (EventsToAppend, OutgoingMessages) Handle(PaymentExpired message, [WriteModel] Order order, TimeProvider time) =>
        OrderFulfilment.Decide(order, message, time.BusinessNow()).ToAppend();

    public static (EventsToAppend, OutgoingMessages) Handle(ShipmentPlanned message, [WriteModel] Order order, TimeProvider time) =>
        OrderFulfilment.Decide(order, message, time.BusinessNow()).ToAppend();

    public static (EventsToAppend, OutgoingMessages) Handle(ShipmentDispatched message, [WriteModel] Order order) =>
        OrderFulfilment.Decide(order, message).ToAppend();

    /// <exception cref="ArrivedEarlyException">The news that the parcel has left is still on its way.</exception>
    public static (EventsToAppend, OutgoingMessages) Handle(ShipmentDelivered message, [WriteModel] Order order) => OrderFulfilment.IsEarly(order, message)
        ? throw new ArrivedEarlyException("The order has not heard of the shipment's dispatch.")
        : OrderFulfilment.Decide(order, message).ToAppend();

    public static (EventsToAppend, OutgoingMessages) Handle(RefundSettled message, [WriteModel] Order order) =>
        OrderFulfilment.Decide(order, message).ToAppend();

    public static (EventsToAppend, OutgoingMessages) Handle(RefundDeclined message, [WriteModel] Order order) =>
        OrderFulfilment.Decide(order, message).ToAppend();

    private static string NewId() => Guid.CreateVersion7().ToString();
}
