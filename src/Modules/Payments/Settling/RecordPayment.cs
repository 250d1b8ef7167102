using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Monolith.Payments.Viewing;
using Wolverine;
using Wolverine.Http;

namespace Monolith.Payments.Settling;

/// <summary>Support records a bank transfer.</summary>
public sealed record RecordPayment(decimal? Amount, string? Reference)
{
    private const string Source = "support";

    public InputErrors Check(Payment? payment) => new InputErrors()
        .Require(Amount is > 0, "amount", "is required and above 0")
        .Require(
            payment is null || Amount is not { } amount || Currency.Fits(amount, payment.Currency),
            "amount", "has more digits than the order's currency")
        .Text(Reference, "reference");

    /// <param name="payment">Null before the order can be paid.</param>
    public static Decision Decide(Payment? payment, RecordPayment command, DateTimeOffset now) => payment switch
    {
        not { IsOpen: true } => Decision.Reject(ProblemTypes.StateConflict, "The order does not wait for a payment."),
        _ when command.Amount != payment.Missing =>
            Decision.Reject(ProblemTypes.RuleViolated, $"The amount due is {payment.Missing} {payment.Currency}."),
        _ => Decision.Announce(new PaymentSettled(
            payment.Id, payment.OrderId, command.Amount.Value, payment.Currency, command.Reference!, Source, OccurredAt: now, SettledAt: now)),
    };
}

public static class RecordPaymentEndpoint
{
    public static async Task<(OrderStanding?, StreamInHand<Payment>)> LoadAsync(
        string id, IOrders orders, IDocumentSession session, CancellationToken cancellation)
    {
        var paymentId = await session.Query<Payment>().Where(p => p.OrderId == id).Select(p => p.Id).FirstOrDefaultAsync(cancellation);
        return (
            await orders.Find(id, cancellation),
            paymentId is null
                ? StreamInHand.Missing<Payment>()
                : await StreamInHand.Load<Payment>(paymentId, PaymentProjection.ProjectionName, session, cancellation));
    }

    public static ProblemDetails Validate(RecordPayment command, OrderStanding? order, StreamInHand<Payment> payment, HttpContext http) =>
        (command.Check(payment.Found), order) switch
        {
            ({ Any: true } errors, _) => errors.ToProblem(),
            (_, null) => ProblemTypes.NotFound.With("There is no such order."),
            _ => new EntityTag(order.Version, order.Generation).Precondition(http.Request, "order") ?? WolverineContinue.NoProblems,
        };

    /// <summary>Records a bank transfer of the amount due. The order is paid a moment later.</summary>
    [WolverinePost("/v1/orders/{id}/payments"), Allow(Role.Support)]
    [ProducesResponseType<PaymentView>(StatusCodes.Status201Created)]
    public static (IResult, OutgoingMessages) Post(
        RecordPayment command, StreamInHand<Payment> payment, HttpContext http, TimeProvider time) => payment.Carry(
        RecordPayment.Decide(payment.Found, command, time.BusinessNow()),
        (paid, tag) => CommandReply.Created(PaymentView.PathOf(paid), PaymentView.Of(paid, http.User), tag));
}
