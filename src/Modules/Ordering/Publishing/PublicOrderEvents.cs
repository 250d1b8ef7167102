using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Ordering;
using Monolith.Kernel.Publishing;

namespace Monolith.Ordering.Publishing;

/// <summary>
/// What the world outside sees of orders. Not the recipient, and not what people say about a customer or a payment: their words, reasons and references. The
/// customer is the id that the orders are kept under. Members may be added; none may go or change.
/// </summary>
internal static class PublicOrderEvents
{
    public static IServiceCollection AddPublicOrderEvents(this IServiceCollection services) => services
        .AddPublicForm<OrderPlaced>(e => e.OrderId, e => e.PlacedAt, e => new
        {
            e.OrderId,
            e.CustomerId,
            e.Currency,
            Lines = e.Lines.Select(l => new { l.Sku, l.Name, l.Category, l.WeightKg, l.Quantity, l.UnitPrice, l.LineTotal }),
            e.DeliverTo.Country,
            e.DeliveryService,
            DeliveryFee = e.Delivery.Fee,
            e.ItemsTotal,
            e.Total,
            e.PlacedAt,
        })
        .AddPublicForm<StockReserved>(e => e.OrderId, e => e.ReservedAt, e => new { e.OrderId, e.ReservedAt })
        .AddPublicForm<PaymentRequested>(e => e.OrderId, e => e.RequestedAt, e => new { e.OrderId, e.PaymentId, e.Due, e.Currency, e.RequestedAt })
        .AddPublicForm<PaymentReceived>(e => e.OrderId, e => e.ReceivedAt, e => new { e.OrderId, e.PaymentId, e.Amount, e.Currency, e.ReceivedAt })
        .AddPublicForm<PaymentFailed>(e => e.OrderId, e => e.FailedAt, e => new { e.OrderId, e.PaymentId, e.FailedAt })
        .AddPublicForm<ShipmentRequested>(e => e.OrderId, e => e.RequestedAt, e => new { e.OrderId, e.ShipmentId, e.RequestedAt })
        .AddPublicForm<OrderShipped>(e => e.OrderId, e => e.ShippedAt, e => new { e.OrderId, e.ShipmentId, e.Carrier, e.ShippedAt })
        .AddPublicForm<OrderDelivered>(e => e.OrderId, e => e.DeliveredAt, e => new { e.OrderId, e.ShipmentId, e.DeliveredAt })
        .AddPublicForm<OrderCancelled>(e => e.OrderId, e => e.CancelledAt, e => new { e.OrderId, e.Cause, e.CancelledAt })
        .AddPublicForm<RefundRequested>(e => e.OrderId, e => e.RequestedAt, e => new { e.OrderId, e.PaymentId, e.Amount, e.Currency, e.RequestedAt })
        .AddPublicForm<RefundConfirmed>(e => e.OrderId, e => e.ConfirmedAt, e => new { e.OrderId, e.PaymentId, e.Amount, e.Currency, e.ConfirmedAt })
        .AddPublicForm<RefundFailed>(e => e.OrderId, e => e.FailedAt, e => new { e.OrderId, e.PaymentId, e.Amount, e.Currency, e.FailedAt })
        .AddPublicForm<DeliveryFeeCorrected>(
            e => e.OrderId, e => e.CorrectedAt, e => new { e.OrderId, e.PreviousFee, e.CorrectFee, e.Currency, e.PolicyVersion, e.CorrectedAt });
}
