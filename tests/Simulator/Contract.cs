using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monolith.Simulator;

// The part of the REST contract that the simulator uses. The names are the contract's.

internal enum OrderStatus
{
    Placed,
    AwaitingPayment,
    Paid,
    Shipped,
    Delivered,
    Cancelled,
}

internal enum PaymentStatus
{
    None,
    Pending,
    Failed,
    Received,
    RefundPending,
    RefundFailed,
    Refunded,
}

internal sealed record ProductBody(string Name, decimal UnitPrice, string Currency, decimal WeightKg, string Category, bool Active);

internal sealed record Address(string Name, string Street, string City, string PostalCode, string Country);

internal sealed record PlaceOrder(string CustomerId, IReadOnlyList<PlaceOrderLine> Lines, Address DeliverTo, string DeliveryService);

internal sealed record PlaceOrderLine(string Sku, int Quantity);

internal sealed record OrderView(
    string Id, OrderStatus Status, string Currency, IReadOnlyList<OrderViewLine> Lines, int Items, decimal ItemsTotal,
    decimal DeliveryFee, decimal Total, OrderViewPayment Payment, string? CancelReason);

internal sealed record OrderViewLine(string Sku, int Quantity, decimal UnitPrice, decimal LineTotal);

internal sealed record OrderViewPayment(PaymentStatus Status, decimal Due, decimal Paid, decimal Refunded, string? PaymentId);

internal sealed record StockView(string Sku, long OnHand, long Reserved, long Available);

internal sealed record ProviderReport(string Type, string PaymentId, decimal Amount, string Currency, string Reference, DateTimeOffset OccurredAt);

internal sealed record OrderListItem(string Id);

internal sealed record OrdersPerDay(DateOnly Day, string Status, long Orders, decimal Total, string Currency);

internal sealed record Page<T>(IReadOnlyList<T> Items);

internal static class Contract
{
    /// <summary>Strict where the contract promises something: a reply without a promised member is an error.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
