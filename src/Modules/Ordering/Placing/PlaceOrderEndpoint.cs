using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Catalog;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Monolith.Ordering.Viewing;
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

    /// <summary>Places an order at the catalog's prices of this moment.</summary>
    [WolverinePost("/v1/orders"), Allow(Role.Customer, Role.Support)]
    [ProducesResponseType<OrderView>(StatusCodes.Status201Created)]
    public static async Task<IResult> Post(
        PlaceOrder command, IProductCatalog catalog, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var products = await catalog.Find([.. command.Lines!.Select(line => line!.Sku!)], cancellation);
        var orderId = NewId();
        var decision = OrderPlacement.Decide(command, products, orderId, paymentId: NewId(), time.BusinessNow());
        if (decision.Problem is { } problem)
        {
            return Results.Problem(problem);
        }

        session.Events.StartStream<Order>(orderId, decision.Events);
        var order = Order.Fold(null, decision.Events)!;
        var generation = await ProjectionGeneration.Load(session, OrderProjection.ProjectionName, cancellation);
        return CommandReply.Created($"/v1/orders/{orderId}", OrderView.Of(order, http.User), new EntityTag(order.EventsFolded, generation));
    }

    private static string NewId() => Guid.CreateVersion7().ToString();
}
