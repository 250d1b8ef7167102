using System.Text.Json.Serialization;
using Monolith.Contracts.Ordering;
using Monolith.Kernel.Folding;

namespace Monolith.Ordering;

/// <summary>The write model: what decisions about an order need to know. It never leaves the process.</summary>
/// <param name="Id">UUIDv7 as text; also the id of the order's stream.</param>
/// <param name="StockReserved">All its lines are kept for it in the warehouse.</param>
/// <param name="ShipmentId">The shipment that can be made; null before.</param>
/// <param name="Shipment">The parcel that has left; null before.</param>
/// <param name="EventsFolded">How many events led here, which is the version of the stream.</param>
public sealed record Order(
    string Id,
    string CustomerId,
    OrderStatus Status,
    string Currency,
    IReadOnlyList<OrderLine> Lines,
    Recipient DeliverTo,
    DeliveryService DeliveryService,
    DeliveryCharge Delivery,
    decimal ItemsTotal,
    decimal Total,
    bool StockReserved,
    OrderPayment Payment,
    string? ShipmentId,
    OrderShipment? Shipment,
    DateTimeOffset PlacedAt,
    DateTimeOffset UpdatedAt,
    string? CancelReason,
    long EventsFolded) : IFolded<Order>
{
    /// <summary>How often its price was corrected.</summary>
    public int Corrections { get; init; }

    /// <summary>What it costs the customer, as things are.</summary>
    [JsonIgnore]
    public decimal Owed => IsCancelled ? 0 : Total;

    [JsonIgnore]
    public bool IsCancelled => Status == OrderStatus.Cancelled;

    [JsonIgnore]
    public bool IsPaid => Payment.Paid > 0;

    private static Order Of(OrderPlaced e) => new(
        e.OrderId, e.CustomerId, OrderStatus.Placed, e.Currency, e.Lines, e.DeliverTo, e.DeliveryService, e.Delivery, e.ItemsTotal, e.Total,
        StockReserved: false, OrderPayment.None, ShipmentId: null, Shipment: null, e.PlacedAt, e.PlacedAt, CancelReason: null, EventsFolded: 1);

    /// <summary>The order after one more event. Nothing exists before <see cref="OrderPlaced"/>.</summary>
    public static Order? Fold(Order? state, object e) => (state, e) switch
    {
        (_, OrderPlaced placed) => Of(placed),
        (null, _) => null,
        (_, StockReserved reserved) => state.After(e, reserved.ReservedAt) with { StockReserved = true },
        (_, PaymentRequested requested) => state.After(e, requested.RequestedAt, state.Payment.With(requested)),
        (_, PaymentFailed failed) => state.After(e, failed.FailedAt, state.Payment.With(failed)),
        (_, PaymentReceived received) => state.After(e, received.ReceivedAt, state.Payment.With(received, state.Owed)),
        (_, ShipmentRequested requested) => state.After(e, requested.RequestedAt) with { ShipmentId = requested.ShipmentId },
        (_, OrderShipped shipped) => state.After(e, shipped.ShippedAt) with { Shipment = OrderShipment.Of(shipped) },
        (_, OrderDelivered delivered) => state.After(e, delivered.DeliveredAt) with { Shipment = state.Shipment?.With(delivered) },
        (_, OrderCancelled cancelled) => state.After(e, cancelled.CancelledAt, state.Payment.Closed()) with { CancelReason = cancelled.Reason },
        (_, RefundRequested refund) => state.After(e, refund.RequestedAt, state.Payment.With(refund)),
        (_, RefundConfirmed refund) => state.After(e, refund.ConfirmedAt, state.Payment.With(refund, state.Owed)),
        (_, RefundFailed refund) => state.After(e, refund.FailedAt, state.Payment.With(refund)),
        (_, DeliveryFeeCorrected corrected) => state.With(corrected),
        _ => state with { EventsFolded = state.EventsFolded + 1 },
    };

    private Order With(DeliveryFeeCorrected e)
    {
        var total = ItemsTotal + e.CorrectFee;
        return After(e, e.CorrectedAt, IsCancelled ? Payment : Payment.Owing(total)) with
        {
            Delivery = Delivery with { Fee = e.CorrectFee, PolicyVersion = e.PolicyVersion },
            Total = total,
            Corrections = Corrections + 1,
        };
    }

    private Order After(object e, DateTimeOffset at, OrderPayment? payment = null) => this with
    {
        Status = OrderStatuses.After(Status, e),
        Payment = payment ?? Payment,
        // What others confirm happened before it was heard of.
        UpdatedAt = at > UpdatedAt ? at : UpdatedAt,
        EventsFolded = EventsFolded + 1,
    };
}

/// <summary>Keeps the snapshot of every order, in the transaction of its events.</summary>
public sealed class OrderProjection() : FoldProjection<Order>(ProjectionName, OrderEvents.Types)
{
    public const string ProjectionName = "Order";
}
