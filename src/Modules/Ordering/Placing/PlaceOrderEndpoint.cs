using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Catalog;
using Monolith.Contracts.Shipping;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Monolith.Ordering.Viewing;
using Wolverine;
using Wolverine.Http;

namespace Monolith.Ordering.Placing;

public static class PlaceOrderEndpoint
{
    public static ProblemDetails Validate(PlaceOrder command, HttpContext http) => command.Check() switch
    {
        { Any: true } errors => errors.ToProblem(),
        _ when !http.User.MayActFor(command.CustomerId!) => ProblemTypes.Forbidden.With("A customer orders for themselves only."),
        _ => WolverineContinue.NoProblems,
    };

    /// <summary>
    /// Places an order at the prices and the delivery fee of this moment. Whether its goods are there shows a moment later: it then waits for
    /// its payment, or was cancelled as <c>outOfStock</c>.
    /// </summary>
    [WolverinePost("/v1/orders"), Allow(Role.Customer, Role.Support)]
    [ProducesResponseType<OrderView>(StatusCodes.Status201Created)]
    public static async Task<(IResult, OutgoingMessages)> Post(
        PlaceOrder command, IProductCatalog catalog, IDeliveryFees fees, IDocumentSession session, HttpContext http, TimeProvider time,
        CancellationToken cancellation)
    {
        var products = await catalog.Find([.. command.Lines!.Select(line => line!.Sku!)], cancellation);
        var orderId = Guid.CreateVersion7().ToString();
        var decision = OrderPlacement.Decide(command, products, fees, orderId, time.BusinessNow());
        if (decision.Problem is { } problem)
        {
            return (Results.Problem(problem), []);
        }

        session.Events.StartStream<Order>(orderId, decision.Events);
        var order = Folded.From<Order>(decision.Events)!;
        var generation = await ProjectionGeneration.Load(session, OrderProjection.ProjectionName, cancellation);
        var reply = CommandReply.Created($"/v1/orders/{orderId}", OrderView.Of(order, http.User), new EntityTag(order.EventsFolded, generation));
        return (reply, [.. decision.Messages]);
    }
}
