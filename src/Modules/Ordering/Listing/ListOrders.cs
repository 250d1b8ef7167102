using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Ordering.Listing;

[QueryParameters]
public sealed record OrderFilter(OrderStatus? Status, string? CustomerId, DateTimeOffset? From, DateTimeOffset? To)
{
    public static OrderFilter Read(CollectionQuery query) => new(
        query.OneOf<OrderStatus>("status"), query.Value("customerId"), query.Time("from"), query.Time("to"));

    public IQueryable<OrderListItem> Apply(IQueryable<OrderListItem> orders)
    {
        orders = Status is { } status ? orders.Where(o => o.Status == status) : orders;
        orders = CustomerId is { } customer ? orders.Where(o => o.CustomerId == customer) : orders;
        orders = From is { } from ? orders.Where(o => o.PlacedAt >= from) : orders;
        return To is { } to ? orders.Where(o => o.PlacedAt < to) : orders;
    }
}

public static class ListOrdersEndpoint
{
    public static (CollectionQuery, OrderFilter) Load(HttpContext http)
    {
        var query = new CollectionQuery(http);
        return (query, OrderFilter.Read(query));
    }

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>Orders by the time they were placed, newest first; a customer sees their own only.</summary>
    [WolverineGet("/v1/orders"), AllowStaffAnd(Role.Customer)]
    [ProducesResponseType<Page<OrderListItem>>(StatusCodes.Status200OK), Asynchronous]
    public static async Task<IResult> Get(
        CollectionQuery query, OrderFilter filter, IQuerySession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        if (await Freshness.Await(session, OrderListProjection.ProjectionName, query.MinSequence, http, time, cancellation) is { } behind)
        {
            return behind;
        }

        var orders = filter.Apply(session.Query<OrderListItem>());
        if (http.User.IsOnlyCustomer())
        {
            var self = http.User.Subject();
            orders = orders.Where(o => o.CustomerId == self);
        }

        if (query.After is { At: var at, Id: var id })
        {
            orders = orders.Where(o => o.PlacedAt < at || (o.PlacedAt == at && o.Id.CompareTo(id) < 0));
        }

        var rows = await orders.OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id).Take(query.Limit + 1).ToListAsync(cancellation);
        return Page.Answer(Page.Of(rows, query.Limit, o => new Cursor(o.PlacedAt, o.Id)), http);
    }
}
