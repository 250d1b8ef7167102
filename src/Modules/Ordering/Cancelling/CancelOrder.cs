using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Ordering;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Ordering.Viewing;
using Wolverine.Http;

namespace Monolith.Ordering.Cancelling;

public sealed record CancelOrder(string? Reason)
{
    public InputErrors Check() => new InputErrors().Text(Reason, "reason");

    /// <summary>Until it is shipped, an order can be cancelled; money that came in goes back. A second cancellation changes nothing.</summary>
    public static Decision Decide(Order order, CancelOrder command, DateTimeOffset now) => order.Status switch
    {
        OrderStatus.Cancelled => Decision.Nothing,
        OrderStatus.Shipped or OrderStatus.Delivered => Decision.Reject(ProblemTypes.StateConflict, "The order has left the warehouse."),
        OrderStatus.Paid => Decision.Accept(
            new OrderCancelled(order.Id, command.Reason!, now),
            new RefundRequested(order.Id, order.Payment.PaymentId!, order.Payment.Paid, order.Currency, command.Reason!, now)),
        _ => Decision.Accept(new OrderCancelled(order.Id, command.Reason!, now)),
    };
}

public static class CancelOrderEndpoint
{
    public static Task<OrderInHand> LoadAsync(string id, IDocumentSession session, CancellationToken cancellation) =>
        OrderInHand.Load(id, session, cancellation);

    public static ProblemDetails Validate(CancelOrder command, OrderInHand order, HttpContext http) => order.Check(http, command.Check()) switch
    {
        var problem when problem != WolverineContinue.NoProblems => problem,
        _ when !http.User.MayActFor(order.State.CustomerId) => ProblemTypes.Forbidden.With("Customers cancel their own orders only."),
        _ => WolverineContinue.NoProblems,
    };

    /// <summary>Until it is shipped, an order can be cancelled; money that came in goes back. A second cancellation changes nothing.</summary>
    [WolverinePost("/v1/orders/{id}/cancellation"), Allow(Role.Customer, Role.Support)]
    [ProducesResponseType<OrderView>(StatusCodes.Status200OK)]
    public static IResult Post(CancelOrder command, OrderInHand order, HttpContext http, TimeProvider time) => order.Carry(
        CancelOrder.Decide(order.State, command, time.BusinessNow()),
        (cancelled, tag) => CommandReply.Ok(OrderView.Of(cancelled, http.User), tag));
}
