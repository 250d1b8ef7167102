using CsCheck;
using Monolith.Contracts.Catalog;
using Monolith.Contracts.Ordering;
using Monolith.Kernel.Commands;
using Monolith.Ordering;
using Monolith.Ordering.Cancelling;
using Monolith.Ordering.Paying;
using Monolith.Ordering.Placing;
using Monolith.Ordering.Shipping;

namespace Monolith.Unit.Ordering;

/// <summary>Orders and what happens to them, as the decisions themselves make it happen.</summary>
internal static class Given
{
    public const string Id = "order-1";

    public static readonly DateTimeOffset Start = new(2026, 2, 28, 23, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyDictionary<string, CatalogProduct> Products = new CatalogProduct[]
    {
        new("TEA", "Green tea", 4.50m, "EUR", 0.1m, "tea", Active: true),
        new("POT", "Tea pot", 39.90m, "EUR", 1.25m, "kitchen", Active: true),
        new("RICE", "Rice", 700m, "JPY", 1m, "food", Active: true),
        new("OLD", "Old tea", 1m, "EUR", 0.1m, "tea", Active: false),
    }.ToDictionary(product => product.Sku);

    public static PlaceOrder Command(params (string Sku, int Quantity)[] lines) => new(
        "anna",
        [.. lines.Select(line => new PlaceOrder.Line(line.Sku, line.Quantity))],
        new PlaceOrder.Address("Anna Adam", "Am Markt 1", "Jena", "07743", "DE"),
        DeliveryService.Standard);

    public static OrderPlaced Placed(string id = Id, string customer = "anna", string sku = "TEA", int quantity = 2, DateTimeOffset? at = null) =>
        (OrderPlaced)OrderPlacement.Decide(Command((sku, quantity)) with { CustomerId = customer }, Products, id, $"pay-{id}", at ?? Start).Events[0];

    /// <summary>An order that came as far as this status on the straight way.</summary>
    public static Order OrderThatIs(OrderStatus status) => Order.Fold(null, status switch
    {
        OrderStatus.Placed => [Placed()],
        OrderStatus.AwaitingPayment => History(Id, "anna", "TEA", Start),
        OrderStatus.Paid => History(Id, "anna", "TEA", Start, Step.Pay),
        OrderStatus.Shipped => History(Id, "anna", "TEA", Start, Step.Pay, Step.Ship),
        OrderStatus.Delivered => History(Id, "anna", "TEA", Start, Step.Pay, Step.Ship, Step.Deliver),
        OrderStatus.Cancelled => History(Id, "anna", "TEA", Start, Step.Cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    })!;

    /// <summary>What is stored when these commands arrive one after the other; those that do not fit are rejected.</summary>
    public static IReadOnlyList<object> History(string id, string customer, string sku, DateTimeOffset placedAt, params IEnumerable<Step> steps)
    {
        List<object> events =
            [.. OrderPlacement.Decide(Command((sku, 3)) with { CustomerId = customer }, Products, id, $"pay-{id}", placedAt).Events];
        foreach (var step in steps)
        {
            events.AddRange(Decide(step, Order.Fold(null, events)!, placedAt.AddHours(events.Count)).Events);
        }

        return events;
    }

    public static Gen<IReadOnlyList<object>> Histories { get; } = Gen.Enum<Step>().Array[0, 8].Select(steps => History(Id, "anna", "TEA", Start, steps));

    /// <summary>One event of any type, at any time, as no decision would ever record it; also one that is not of an order.</summary>
    public static Gen<object> AnyEvent { get; } = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 100_000]).Select((kind, minutes) => Any(kind, Start.AddMinutes(minutes)));

    private static object Any(int kind, DateTimeOffset at) => kind switch
    {
        0 => Placed(at: at),
        1 => new PaymentRequested(Id, "pay-2", 9m, "EUR", at),
        2 => new PaymentReceived(Id, "pay-2", 9m, "EUR", "transfer", at),
        3 => new OrderShipped(Id, "ship-2", "DHL", "T-2", at),
        4 => new OrderDelivered(Id, "ship-2", at),
        5 => new OrderCancelled(Id, "mind changed", at),
        6 => new RefundRequested(Id, "pay-2", 9m, "EUR", "mind changed", at),
        _ => "not an event of an order",
    };

    private static Decision Decide(Step step, Order order, DateTimeOffset now) => step switch
    {
        Step.Pay => RecordPayment.Decide(order, new RecordPayment(order.Payment.Due, "transfer"), now),
        Step.PayTooLittle => RecordPayment.Decide(order, new RecordPayment(order.Payment.Due - 1, "transfer"), now),
        Step.Ship => ShipOrder.Decide(order, new ShipOrder("DHL", "T-1"), $"ship-{order.Id}", now),
        Step.Deliver => DeliverShipment.Decide(order, new DeliverShipment(DeliveredAt: null), now),
        _ => CancelOrder.Decide(order, new CancelOrder("mind changed"), now),
    };
}

internal enum Step
{
    Pay,
    PayTooLittle,
    Ship,
    Deliver,
    Cancel,
}
