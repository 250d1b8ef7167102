using Monolith.Contracts.Payments;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Wolverine;
using Wolverine.Persistence.EventSourcing;

namespace Monolith.Payments.Opening;

/// <summary>Closes an open payment. One that was paid meanwhile stays as it is: the order hears of the money and asks it back.</summary>
public static class CancelPaymentHandler
{
    public static (EventsToAppend, OutgoingMessages) Handle(CancelPayment message, [WriteModel] Payment payment, TimeProvider time) =>
        Decide(payment, time.BusinessNow()).ToAppend();

    public static Decision Decide(Payment payment, DateTimeOffset now) => payment is { IsOpen: true, Paid: 0 }
        ? Decision.Accept(new PaymentCancelled(payment.Id, payment.OrderId, now))
        : Decision.Nothing;
}
