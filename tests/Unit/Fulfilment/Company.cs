using Monolith.Contracts.Inventory;
using Monolith.Contracts.Payments;
using Monolith.Contracts.Shipping;
using Monolith.Inventory;
using Monolith.Inventory.Counting;
using Monolith.Inventory.Reserving;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Ordering;
using Monolith.Ordering.Cancelling;
using Monolith.Ordering.Correcting;
using Monolith.Ordering.Fulfilment;
using Monolith.Ordering.Placing;
using Monolith.Payments;
using Monolith.Payments.Opening;
using Monolith.Payments.Refunding;
using Monolith.Payments.Reporting;
using Monolith.Payments.Settling;
using Monolith.Shipping;
using Monolith.Shipping.Delivering;
using Monolith.Shipping.Dispatching;
using Monolith.Shipping.Planning;
using Monolith.Unit.Ordering;

namespace Monolith.Unit.Fulfilment;

/// <summary>
/// The modules with dictionaries for tables and a bag for the messages between them: their decisions and folds are the real ones. A
/// message stays in the bag until it is delivered, whenever that is.
/// </summary>
internal sealed class Company
{
    public static readonly TimeSpan Deadline = TimeSpan.FromHours(24);

    private readonly HashSet<string> seenReports = [];
    private int ids;

    public DateTimeOffset Now { get; set; } = Given.Start;

    public Dictionary<string, Order> Orders { get; } = [];

    public Dictionary<string, Payment> Payments { get; } = [];

    public Dictionary<string, Shipment> Shipments { get; } = [];

    public Dictionary<string, Stock> Stocks { get; } = [];

    public Dictionary<string, Reservation> Reservations { get; } = [];

    public List<object> InFlight { get; } = [];

    /// <summary>Every event that was ever recorded.</summary>
    public List<object> Log { get; } = [];

    public void Receive(string sku, int quantity) => Record(Stocks, Stock.StreamOf(sku), ReceiveStock.Decide(StockOf(sku), new(quantity, "note"), Now));

    public void Place(params (string Sku, int Quantity)[] lines)
    {
        var id = NewId("order");
        Record(Orders, id, OrderPlacement.Decide(Given.Command(lines), Given.Products, Given.Fees, id, Now));
    }

    public void Cancel(Order order) => Record(Orders, order.Id, CancelOrder.Decide(order, new("mind changed"), HasLeft(order), Now));

    public void Correct(Order order, decimal fee) => Record(Orders, order.Id, CorrectDeliveryFee.Decide(order, new(fee, "wrong zone"), Now));

    public void Transfer(Payment payment) => Record(Payments, payment.Id, RecordPayment.Decide(payment, new(payment.Missing, NewId("transfer")), Now));

    public void Dispatch(Shipment shipment) => Record(
        Shipments, shipment.Id, DispatchShipment.Decide(shipment, Orders[shipment.OrderId].Status == OrderStatus.Paid, new("DHL", "T-1"), Now));

    public void Hand(Shipment shipment) => Record(Shipments, shipment.Id, DeliverShipment.Decide(shipment, new DeliverShipment(), Now));

    /// <summary>The provider sends a report; it is a message like any other, and may be sent again.</summary>
    public void Report(string type, Payment payment, string reference, decimal? amount = null) => InFlight.Add(new Delivery(
        NewId("webhook"),
        new ProviderReport(type, payment.Id, amount ?? (payment.Paid > 0 && payment.IsOpen ? payment.Missing : payment.Due), payment.Currency, reference, Now)));

    public void Deliver(object message)
    {
        switch (message)
        {
            case ReserveStock m:
                Move(m.OrderId, StockMoves.Decide(Reservations.GetValueOrDefault(m.OrderId), m, m.Lines.Select(l => l.Sku).Distinct().ToDictionary(sku => sku, StockOf), Now));
                break;
            case ReleaseStock m: Move(m.OrderId, StockMoves.Decide(Reservations.GetValueOrDefault(m.OrderId), m, Now)); break;
            case ShipStock m: Move(m.OrderId, StockMoves.Decide(Reservations.GetValueOrDefault(m.OrderId), m, Now)); break;

            case OpenPayment m:
                var opening = OpenPaymentHandler.Decide(Payments.GetValueOrDefault(m.PaymentId), m, Deadline, Now);
                Record(Payments, m.PaymentId, opening);
                InFlight.AddRange(opening.Events.Select(_ => new PaymentDeadline(m.PaymentId)));
                break;
            case PaymentDeadline m:
                var closing = PaymentDeadlineHandler.Decide(Payments[m.PaymentId], Now);
                InFlight.AddRange(Payments[m.PaymentId].IsOpen && closing.Events.Count == 0 ? [m] : []);
                Record(Payments, m.PaymentId, closing);
                break;
            case AmendPayment m: Record(Payments, m.PaymentId, AmendPaymentHandler.Decide(Payments[m.PaymentId], m, Now)); break;
            case CancelPayment m: Record(Payments, m.PaymentId, CancelPaymentHandler.Decide(Payments[m.PaymentId], Now)); break;
            case RefundPayment m: Record(Payments, m.PaymentId, RefundPaymentHandler.Decide(Payments[m.PaymentId], m, Now)); break;
            case Delivery m when seenReports.Add(m.WebhookId):
                var payment = Payments[m.Body.PaymentId!];
                Record(Payments, payment.Id, Judgement.Decide(payment, m.WebhookId, m.Body, Orders[payment.OrderId].Payment.RefundsAsked, Now));
                break;
            case Delivery: break;

            case PlanShipment m: Record(Shipments, m.ShipmentId, PlanShipmentHandler.Decide(Shipments.GetValueOrDefault(m.ShipmentId), m, Now)); break;
            case CancelShipment m: Record(Shipments, m.ShipmentId, CancelShipmentHandler.Decide(Shipments[m.ShipmentId], Now)); break;

            case ReservationMade m: Follow(m.OrderId, o => OrderFulfilment.Decide(o, m, NewId("payment"), Now)); break;
            case OutOfStock m: Follow(m.OrderId, o => OrderFulfilment.Decide(o, m, Now)); break;
            case PaymentOpened m: Follow(m.OrderId, o => OrderFulfilment.Decide(o, m, Now)); break;
            case PaymentDeclined m: Follow(m.OrderId, o => OrderFulfilment.Decide(o, m, Now)); break;
            case PaymentSettled m: Follow(m.OrderId, o => OrderFulfilment.Decide(o, m, NewId("shipment"), Now)); break;
            case PaymentExpired m: Follow(m.OrderId, o => OrderFulfilment.Decide(o, m, Now)); break;
            case ShipmentPlanned m: Follow(m.OrderId, o => OrderFulfilment.Decide(o, m, Now)); break;
            case ShipmentDispatched m: Follow(m.OrderId, o => OrderFulfilment.Decide(o, m)); break;
            case ShipmentDelivered m:
                InFlight.AddRange(OrderFulfilment.IsEarly(Orders[m.OrderId], m) ? [m] : []);
                Follow(m.OrderId, o => OrderFulfilment.Decide(o, m));
                break;
            case RefundSettled m: Follow(m.OrderId, o => OrderFulfilment.Decide(o, m)); break;
            case RefundDeclined m: Follow(m.OrderId, o => OrderFulfilment.Decide(o, m)); break;
            default: throw new InvalidOperationException($"Nobody takes {message}.");
        }
    }

    private Stock StockOf(string sku) => Stocks.GetValueOrDefault(Stock.StreamOf(sku)) ?? Stock.Empty(sku);

    private bool HasLeft(Order order) => Shipments.Values.Any(s => s.OrderId == order.Id && s.HasLeft);

    private void Follow(string orderId, Func<Order, Decision> decide) => Record(Orders, orderId, decide(Orders[orderId]));

    private void Record<TState>(Dictionary<string, TState> table, string id, Decision decision)
        where TState : class, IFolded<TState>
    {
        Log.AddRange(decision.Events);
        InFlight.AddRange(decision.Messages);
        if (Folded.After(table.GetValueOrDefault(id), decision.Events) is { } state)
        {
            table[id] = state;
        }
    }

    private void Move(string orderId, StockMove move)
    {
        foreach (var (sku, e) in move.Events)
        {
            Record(Stocks, Stock.StreamOf(sku), Decision.Accept(e));
        }

        InFlight.AddRange(move.Messages);
        if (move.Reservation is { } reservation)
        {
            Reservations[orderId] = reservation;
        }
    }

    private string NewId(string kind) => $"{kind}-{++ids}";

    private sealed record Delivery(string WebhookId, ProviderReport Body);
}
