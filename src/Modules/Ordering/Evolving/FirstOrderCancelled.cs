using Marten;
using Monolith.Contracts.Ordering;

namespace Monolith.Ordering.Evolving;

/// <summary>
/// <see cref="OrderCancelled"/> as it was stored at first: one member for the customer's words and for the platform's own reasons. It is
/// read for ever, as what it means today, and written no more. A customer who wrote one of these two words cannot be told from the platform.
/// </summary>
public sealed record FirstOrderCancelled(string OrderId, string Reason, DateTimeOffset CancelledAt)
{
    public const string StoredName = "ordering.OrderCancelled";

    public static void Register(StoreOptions options) => options.Events.Upcast<FirstOrderCancelled, OrderCancelled>(StoredName, Upcast);

    public static OrderCancelled Upcast(FirstOrderCancelled old) => old.Reason switch
    {
        "outOfStock" => new(old.OrderId, CancellationCause.OutOfStock, Words: null, old.CancelledAt),
        "paymentOverdue" => new(old.OrderId, CancellationCause.PaymentOverdue, Words: null, old.CancelledAt),
        _ => new(old.OrderId, CancellationCause.Customer, old.Reason, old.CancelledAt),
    };
}
