using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Ordering.Fulfilment;
using Monolith.Ordering.Viewing;
using Wolverine;
using Wolverine.Http;

namespace Monolith.Ordering.Correcting;

/// <summary>The fee that an order was placed with is wrong.</summary>
/// <param name="CorrectFee">In the order's currency.</param>
public sealed record CorrectDeliveryFee(decimal? CorrectFee, string? Reason)
{
    private const decimal Highest = 1_000_000_000;

    /// <param name="currency">The order's; null when there is no such order.</param>
    public InputErrors Check(string? currency) => new InputErrors()
        .Require(CorrectFee is >= 0 and <= Highest, "correctFee", $"is required, from 0 to {Highest}")
        .Require(currency is null || CorrectFee is not { } fee || Currency.Fits(fee, currency), "correctFee", "has more digits than the order's currency")
        .Text(Reason, "reason");

    /// <summary>A person says what is right. The policy that the order was placed with stays beside it.</summary>
    public static Decision Decide(Order order, CorrectDeliveryFee command, DateTimeOffset now) =>
        Decide(order, command.CorrectFee!.Value, order.Delivery.PolicyVersion, command.Reason!, operationId: null, now);

    /// <summary>Records the right fee beside the wrong one, and squares the money. A fee that is right already changes nothing.</summary>
    public static Decision Decide(Order order, decimal correctFee, int policyVersion, string reason, string? operationId, DateTimeOffset now)
    {
        if (order.IsCancelled)
        {
            return Decision.Reject(ProblemTypes.StateConflict, "The order is cancelled, and costs nothing.");
        }

        if (order.Delivery.Fee == correctFee)
        {
            return Decision.Nothing;
        }

        var corrected = new DeliveryFeeCorrected(
            order.Id, order.Delivery.Fee, correctFee, order.Currency, policyVersion, reason, operationId, now);
        var total = order.ItemsTotal + correctFee;
        return Refunds.Balance(
            order,
            Decision.Accept(corrected).Sending(order.Payment.PaymentId is { } payment
                ? [new AmendPayment(order.Id, payment, total, order.Corrections + 1)]
                : []),
            reason,
            now);
    }
}

public static class CorrectDeliveryFeeEndpoint
{
    public static Task<StreamInHand<Order>> LoadAsync(string id, IDocumentSession session, CancellationToken cancellation) =>
        StreamInHand.Load<Order>(id, OrderProjection.ProjectionName, session, cancellation);

    public static ProblemDetails Validate(CorrectDeliveryFee command, StreamInHand<Order> order, HttpContext http) =>
        order.Check(http, command.Check(order.Found?.Currency));

    /// <summary>
    /// Puts a wrong delivery fee right. What was recorded stays; the difference is given back, or asked for. A fee that is right already
    /// changes nothing.
    /// </summary>
    [WolverinePost("/v1/orders/{id}/corrections/delivery-fee"), Allow(Role.Support)]
    [ProducesResponseType<OrderView>(StatusCodes.Status200OK)]
    public static async Task<(IResult, OutgoingMessages)> Post(
        CorrectDeliveryFee command, StreamInHand<Order> order, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var decision = CorrectDeliveryFee.Decide(order.State, command, time.BusinessNow());
        return decision.Events.Count > 0 && await session.Events.FetchStreamStateAsync(order.State.Id, cancellation) is { IsArchived: true }
            ? (Results.Problem(ProblemTypes.Archived.With("The order is in the archive.")), [])
            : order.Carry(decision, (corrected, tag) => CommandReply.Ok(OrderView.Of(corrected, http.User), tag));
    }
}
