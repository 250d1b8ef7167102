using Monolith.Console.Parts;
using Monolith.Console.Session;

namespace Monolith.Console.Orders;

internal sealed record OrderRow(
    string Id, string CustomerId, string Status, string Currency, int Items, decimal ItemsTotal, decimal DeliveryFee, decimal Total, DateTimeOffset PlacedAt,
    DateTimeOffset UpdatedAt, long Version);

internal sealed record OrderLine(string Sku, string Name, int Quantity, decimal UnitPrice, decimal LineTotal);

internal sealed record OrderPayment(string Status, decimal Due, decimal Paid, decimal Refunded, string? PaymentId);

internal sealed record OrderShipment(string Status, string? Carrier, string? TrackingNumber, string ShipmentId);

internal sealed record Address(string Name, string Street, string City, string PostalCode, string Country);

internal sealed record OrderView(
    string Id, string CustomerId, string Status, string Currency, IReadOnlyList<OrderLine> Lines, int Items, decimal ItemsTotal, decimal DeliveryFee, int FeePolicyVersion,
    decimal Total, Address DeliverTo, string DeliveryService, OrderPayment Payment, OrderShipment? Shipment, DateTimeOffset PlacedAt, DateTimeOffset UpdatedAt,
    string? CancelReason, long Version)
{
    /// <summary>What can be done with the order, and why not at the moment.</summary>
    public IEnumerable<(Command Command, string? WhyNot)> Commands =>
    [
        (new Command("Record payment", $"v1/orders/{Id}/payments", [Role.Support], $"Records a bank transfer of {Show.Money(Payment.Due - Payment.Paid, Currency)}.",
            new Field("amount", $"Amount in {Currency}", FieldKind.Number, Initial: (Payment.Due - Payment.Paid).ToString()), new Field("reference", "Reference of the transfer")),
            Status == "awaitingPayment" ? null : $"The order is {Show.Words(Status)}; only one that awaits its payment can be paid."),
        (new Command("Ship", $"v1/orders/{Id}/shipment", [Role.Warehouse], "Says that the goods have left the warehouse.",
            new Field("carrier", "Carrier"), new Field("trackingNumber", "Tracking number")),
            Status == "paid" ? null : $"The order is {Show.Words(Status)}; only a paid one is shipped."),
        (new Command("Confirm delivery", $"v1/shipments/{Shipment?.ShipmentId}/delivery", [Role.Warehouse], "Says that the goods have arrived."),
            Status == "shipped" ? null : $"The order is {Show.Words(Status)}; only a shipped one is delivered."),
        (new Command("Correct delivery fee", $"v1/orders/{Id}/corrections/delivery-fee", [Role.Support],
            "Records what the fee should have been; the difference is refunded or asked for.",
            new Field("correctFee", $"Correct fee in {Currency}", FieldKind.Number, Initial: DeliveryFee.ToString()), Field.Reason),
            Status == "cancelled" ? "The order is cancelled." : null),
        (new Command("Cancel order", $"v1/orders/{Id}/cancellation", [Role.Support, "customer"], "Gives back its goods, and its money if it was paid.", Field.Reason),
            Status is "shipped" or "delivered" ? $"The order is {Show.Words(Status)}." : Status == "cancelled" ? "The order is cancelled already." : null),
    ];
}
