using Monolith.Contracts.Payments;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Wolverine;
using Wolverine.Persistence.EventSourcing;

namespace Monolith.Payments.Opening;

/// <summary>The payment is due now, unless it was paid or cancelled meanwhile.</summary>
public sealed record PaymentDeadline(string PaymentId);

public static class PaymentDeadlineHandler
{
    public static (EventsToAppend, OutgoingMessages) Handle(PaymentDeadline message, [WriteModel] Payment payment, TimeProvider time)
    {
        var now = time.BusinessNow();
        var (events, messages) = Decide(payment, now).ToAppend();
        if (payment is { IsOpen: true, Paid: 0 } && events.Count == 0)
        {
            messages.Schedule(message, payment.DueAt);
        }

        return (events, messages);
    }

    /// <summary>An open payment that is due has expired; what is missing of one that was made is asked for without a date. Before that, nothing happens: a message may come too early.</summary>
    public static Decision Decide(Payment payment, DateTimeOffset now) => payment is { IsOpen: true, Paid: 0 } && now >= payment.DueAt
        ? Decision.Announce(new PaymentExpired(payment.Id, payment.OrderId, payment.DueAt, now))
        : Decision.Nothing;
}
