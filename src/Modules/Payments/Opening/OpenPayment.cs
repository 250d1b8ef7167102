using Marten;
using Microsoft.Extensions.Options;
using Monolith.Contracts.Payments;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Wolverine;

namespace Monolith.Payments.Opening;

/// <summary>Lets an order be paid, once, and looks at the payment again when it is due.</summary>
public static class OpenPaymentHandler
{
    public static async Task<OutgoingMessages> Handle(
        OpenPayment message, IDocumentSession session, IOptionsMonitor<PaymentOptions> options, TimeProvider time, CancellationToken cancellation)
    {
        var known = await session.LoadAsync<Payment>(message.PaymentId, cancellation);
        var decision = Decide(known, message, options.CurrentValue.Deadline, time.BusinessNow());
        if (decision.Events is not [PaymentOpened opened])
        {
            return [];
        }

        session.Events.StartStream<Payment>(opened.PaymentId, opened);
        OutgoingMessages messages = [.. decision.Messages];
        messages.Schedule(new PaymentDeadline(opened.PaymentId), opened.DueAt);
        return messages;
    }

    public static Decision Decide(Payment? known, OpenPayment message, TimeSpan deadline, DateTimeOffset now) => known is null
        ? Decision.Announce(new PaymentOpened(
            message.PaymentId, message.OrderId, message.CustomerId, message.Due, message.Currency, DueAt: now + deadline, OpenedAt: now))
        : Decision.Nothing;
}
