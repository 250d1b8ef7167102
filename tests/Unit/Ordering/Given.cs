using CsCheck;
using Monolith.Contracts.Catalog;
using Monolith.Contracts.Inventory;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Ordering;
using Monolith.Ordering.Cancelling;
using Monolith.Ordering.Correcting;
using Monolith.Ordering.Fulfilment;
using Monolith.Ordering.Placing;

namespace Monolith.Unit.Ordering;

/// <summary>Orders and what happens to them, as the decisions themselves make it happen.</summary>
internal static class Given
{
    public const string Id = "order-1";

    /// <summary>Three times tea, and its delivery.</summary>
    public const decimal Total = 18.40m;

    public static readonly DateTimeOffset Start = new(2026, 2, 28, 23, 0, 0, TimeSpan.Zero);

    public static readonly IDeliveryFees Fees = new OneFee();

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
        (OrderPlaced)OrderPlacement.Decide(Command((sku, quantity)) with { CustomerId = customer }, Products, Fees, id, at ?? Start).Events[0];

    /// <summary>An order that came as far as this status on the straight way.</summary>
    public static Order OrderThatIs(OrderStatus status) => OrderAfter(status switch
    {
        OrderStatus.Placed => [],
        OrderStatus.AwaitingPayment => [Step.Reserve, Step.Open],
        OrderStatus.Paid => [Step.Reserve, Step.Open, Step.Pay, Step.Plan],
        OrderStatus.Shipped => [Step.Reserve, Step.Open, Step.Pay, Step.Plan, Step.Dispatch],
        OrderStatus.Delivered => [Step.Reserve, Step.Open, Step.Pay, Step.Plan, Step.Dispatch, Step.Deliver],
        OrderStatus.Cancelled => [Step.Cancel],
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    });

    public static Order OrderAfter(params IEnumerable<Step> steps) => Folded.From<Order>(History(Id, "anna", "TEA", Start, steps))!;

    /// <summary>What is stored when these things happen one after the other, each of them an hour after the one before; what does not fit changes nothing.</summary>
    public static IReadOnlyList<object> History(string id, string customer, string sku, DateTimeOffset placedAt, params IEnumerable<Step> steps)
    {
        List<object> events = [Placed(id, customer, sku, quantity: 3, placedAt)];
        foreach (var (n, step) in steps.Index())
        {
            events.AddRange(Decide(step, Folded.From<Order>(events)!, placedAt.AddHours(n + 1)).Events);
        }

        return events;
    }

    public static Gen<IReadOnlyList<object>> Histories { get; } = Gen.Enum<Step>().Array[0, 12].Select(steps => History(Id, "anna", "TEA", Start, steps));

    /// <summary>One event of any type, at any time, as no decision would ever record it; also one that is not of an order.</summary>
    public static Gen<object> AnyEvent { get; } = Gen.Select(Gen.Int[0, 13], Gen.Int[0, 100_000]).Select((kind, minutes) => Any(kind, Start.AddMinutes(minutes)));

    public static PaymentSettled Settled(Order order, DateTimeOffset at) =>
        new($"pay-{order.Id}", order.Id, order.Total, order.Currency, "ch-1", "provider", at, at);

    private static object Any(int kind, DateTimeOffset at) => kind switch
    {
        0 => Placed(at: at),
        1 => new PaymentRequested(Id, "pay-2", 9m, "EUR", at),
        2 => new PaymentReceived(Id, "pay-2", 9m, "EUR", "transfer", at),
        3 => new OrderShipped(Id, "ship-2", "DHL", "T-2", at),
        4 => new OrderDelivered(Id, "ship-2", at),
        5 => new OrderCancelled(Id, CancellationCause.Customer, "mind changed", at),
        6 => new RefundRequested(Id, "pay-2", 9m, "EUR", "mind changed", at),
        7 => new StockReserved(Id, at),
        8 => new PaymentFailed(Id, "pay-2", "ch-2", at),
        9 => new ShipmentRequested(Id, "ship-2", at),
        10 => new RefundConfirmed(Id, "pay-2", 9m, "EUR", "re-2", at),
        11 => new RefundFailed(Id, "pay-2", 9m, "EUR", "re-2", at),
        12 => new DeliveryFeeCorrected(Id, 4.90m, 9m, "EUR", PolicyVersion: 2, "wrong zone", OperationId: null, at),
        _ => "not an event of an order",
    };

    private static Decision Decide(Step step, Order order, DateTimeOffset now)
    {
        var (payment, shipment) = ($"pay-{order.Id}", $"ship-{order.Id}");
        return step switch
        {
            Step.Reserve => OrderFulfilment.Decide(order, new ReservationMade(order.Id), payment, now),
            Step.RunOut => OrderFulfilment.Decide(order, new OutOfStock(order.Id, ["TEA"]), now),
            Step.Open => OrderFulfilment.Decide(
                order, new PaymentOpened(payment, order.Id, order.CustomerId, order.Total, order.Currency, now.AddDays(1), now), now),
            Step.Pay => OrderFulfilment.Decide(order, Settled(order, now), shipment, now),
            Step.Fail => OrderFulfilment.Decide(order, new PaymentDeclined(payment, order.Id, "ch-0", now, now), now),
            Step.Expire => OrderFulfilment.Decide(order, new PaymentExpired(payment, order.Id, now, now), now),
            Step.Plan => OrderFulfilment.Decide(order, new ShipmentPlanned(shipment, order.Id, "DE", DeliveryService.Standard, 0.3m, now), now),
            Step.Dispatch => OrderFulfilment.Decide(order, new ShipmentDispatched(shipment, order.Id, "DHL", "T-1", now)),
            Step.Deliver => OrderFulfilment.Decide(order, new ShipmentDelivered(shipment, order.Id, now)),
            Step.Refund => OrderFulfilment.Decide(order, new RefundSettled(payment, order.Id, order.Total, order.Currency, "re-1", now, now)),
            Step.FailRefund => OrderFulfilment.Decide(order, new RefundDeclined(payment, order.Id, order.Total, order.Currency, "re-0", now, now)),
            Step.Correct => CorrectDeliveryFee.Decide(order, new CorrectDeliveryFee(6 - order.Delivery.Fee, "wrong zone"), now),
            _ => CancelOrder.Decide(order, new CancelOrder("mind changed"), hasLeft: false, now),
        };
    }

    private sealed class OneFee : IDeliveryFees
    {
        public bool Knows(int policyVersion) => policyVersion == 1;

        public DeliveryQuote? Quote(string country, DeliveryService service, decimal weightKg, string currency, int? policyVersion = null) =>
            country == "XX" ? null : new DeliveryQuote(currency == "JPY" ? 784m : 4.90m, currency, "domestic", PolicyVersion: 1);
    }
}

/// <summary>What an order hears of, or is told.</summary>
internal enum Step
{
    Reserve,
    Correct,
    RunOut,
    Open,
    Pay,
    Fail,
    Expire,
    Plan,
    Dispatch,
    Deliver,
    Refund,
    FailRefund,
    Cancel,
}
