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
        Decide(payment, time.BusinessNow()).ToAppend();

    public static Decision Decide(Payment payment, DateTimeOffset now) => payment.State == PaymentState.Received
        ? Decision.Accept(new RefundOpened(payment.Id, payment.OrderId, payment.Paid, payment.Currency, now))
        : Decision.Nothing;
}
