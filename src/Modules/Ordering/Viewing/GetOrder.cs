using System.ComponentModel;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Monolith.Ordering.History;
using Wolverine.Http;

namespace Monolith.Ordering.Viewing;

/// <summary>A moment in an order's history; now, where neither is given.</summary>
[QueryParameters]
public sealed record Moment(
    [property: Description("Version of the order's stream.")] long? Version,
    [property: Description("The order as it was recorded at that time.")] DateTimeOffset? AsOf)
{
    public bool IsNow => this is { Version: null, AsOf: null };

    public static Moment Read(ReadQuery query, DateTimeOffset now)
    {
        var moment = new Moment(query.Sequence("version"), query.Time("asOf"));
        query.Errors
            .Require(!query.Has("version") || !query.Has("asOf"), "asOf", "cannot be given together with version")
            .Require(moment.AsOf is not { } asOf || asOf <= now, "asOf", "is in the future");
        return moment;
    }
}

public static class GetOrderEndpoint
{
    public static (ReadQuery, Moment) Load(HttpContext http, TimeProvider time)
    {
        var query = new ReadQuery(http);
        return (query, Moment.Read(query, time.GetUtcNow()));
    }

    public static ProblemDetails Validate(ReadQuery query) => query.Errors.ToProblem();

    /// <summary>
    /// The order as it is now, or as it was at a version or at a time. Names and addresses are masked for those who do not serve the customer.
    /// </summary>
    [WolverineGet("/v1/orders/{id}"), AllowStaffAnd(Role.Customer)]
    [ProducesResponseType<OrderView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string id, Moment moment, IQuerySession session, HttpContext http, CancellationToken cancellation)
    {
        var batch = session.CreateBatchQuery();
        var generation = ProjectionGeneration.Load(batch, OrderProjection.ProjectionName);
        var snapshot = batch.Load<Order>(id);
        await batch.Execute(cancellation);
        if (await snapshot is not { } now || !http.User.MaySee(now.CustomerId))
        {
            return Results.Problem(ProblemTypes.NotFound.With("There is no such order."));
        }

        if (moment.Version > now.EventsFolded)
        {
            return Results.Problem(new InputErrors().Add("version", $"is in the future: the order is at version {now.EventsFolded}").ToProblem());
        }

        var order = moment.IsNow ? now : await OrderInThePast.Find(id, moment, session, cancellation);
        return order is not null
            ? new Representation(OrderView.Of(order, http.User), new EntityTag(order.EventsFolded, await generation))
            : Results.Problem(ProblemTypes.NotFound.With("The order did not exist yet."));
    }
}
