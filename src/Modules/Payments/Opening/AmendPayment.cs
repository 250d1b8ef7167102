using Monolith.Contracts.Payments;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Wolverine;
using Wolverine.Persistence.EventSourcing;

namespace Monolith.Payments.Opening;

/// <summary>
/// Makes the payment one of another amount. One that was closed stays closed, but money may come in for it all the same. One whose money
/// all went back is over: an order that nobody wants costs nothing.
/// </summary>
public static class AmendPaymentHandler
{
    public static (EventsToAppend, OutgoingMessages) Handle(AmendPayment message, [WriteModel] Payment payment, TimeProvider time) =>
        Decide(payment, message, time.BusinessNow()).ToAppend();

    public static Decision Decide(Payment payment, AmendPayment message, DateTimeOffset now) => payment switch
    {
        _ when message.Amendment <= payment.Amendment || (payment.Paid > 0 && payment.Paid == payment.RefundsOpened) => Decision.Nothing,
        _ => Decision.Accept(new PaymentAmended(
            payment.Id, payment.OrderId, payment.Due, message.Due, payment.Currency, message.Amendment, now)),
    };
}
