using Monolith.Contracts.Payments;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Wolverine;
using Wolverine.Persistence.EventSourcing;

namespace Monolith.Payments.Refunding;

/// <summary>Waits for the provider to give the money back. That it shall is told to it by the order's own event.</summary>
public static class RefundPaymentHandler
{
    public static (EventsToAppend, OutgoingMessages) Handle(RefundPayment message, [WriteModel] Payment payment, TimeProvider time) =>
        Decide(payment, message, time.BusinessNow()).ToAppend();

    public static Decision Decide(Payment payment, RefundPayment message, DateTimeOffset now) =>
        Decision.Accept([.. Opened(payment, message.Asked ?? [payment.Paid], now)]);

    /// <summary>The refunds that were asked for and are not opened yet.</summary>
    public static IEnumerable<RefundOpened> Opened(Payment payment, IReadOnlyList<decimal> asked, DateTimeOffset now) => payment.Paid == 0
        ? []
        : asked.Skip(payment.RefundCount).Select(amount => new RefundOpened(payment.Id, payment.OrderId, amount, payment.Currency, now));
}
