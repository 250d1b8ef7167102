using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Ordering;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Ordering.Paying;

/// <summary>Support records a bank transfer.</summary>
public sealed record RecordPayment(decimal? Amount, string? Reference)
{
    public InputErrors Check(Order? order) => new InputErrors()
        .Require(Amount is > 0, "amount", "is required and above 0")
        .Require(
            order is null || Amount is not { } amount || Currency.Fits(amount, order.Currency),
            "amount", "has more digits than the order's currency")
        .Text(Reference, "reference");

    public static Decision Decide(Order order, RecordPayment command, DateTimeOffset now) => order.Status switch
    {
        not OrderStatus.AwaitingPayment => Decision.Reject(ProblemTypes.StateConflict, "The order does not wait for a payment."),
        _ when command.Amount != order.Payment.Due =>
            Decision.Reject(ProblemTypes.RuleViolated, $"The amount due is {order.Payment.Due} {order.Currency}."),
        _ => Decision.Accept(new PaymentReceived(
            order.Id, order.Payment.PaymentId!, command.Amount.Value, order.Currency, command.Reference!, now)),
    };
}

public static class RecordPaymentEndpoint
{
    public static Task<OrderInHand> LoadAsync(string id, IDocumentSession session, CancellationToken cancellation) =>
        OrderInHand.Load(id, session, cancellation);

    public static ProblemDetails Validate(RecordPayment command, OrderInHand order, HttpContext http) =>
        order.Check(http, command.Check(order.Stream?.Aggregate));

    /// <summary>Records a bank transfer of the amount due.</summary>
    [WolverinePost("/v1/orders/{id}/payments"), Allow(Role.Support)]
    [ProducesResponseType<PaymentView>(StatusCodes.Status201Created)]
    public static IResult Post(RecordPayment command, OrderInHand order, TimeProvider time) => order.Carry(
        RecordPayment.Decide(order.State, command, time.BusinessNow()),
        (paid, tag) => CommandReply.Created(PaymentView.PathOf(paid), PaymentView.Of(paid)!, tag));
}
