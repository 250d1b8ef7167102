using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Ordering.Reporting;

/// <summary>The orders placed on one day (UTC) in one currency that have one status now.</summary>
public sealed record OrdersPerDay(string Id, DateOnly Day, OrderStatus Status, int Orders, decimal Total, string Currency);

/// <summary>An order as the daily report counted it.</summary>
public sealed record OrderOnDay(string Id, CountedOrder Order);

public sealed class OrdersPerDayProjection() : OrderTally<OrdersPerDay, OrderOnDay>(ProjectionName)
{
    public const string ProjectionName = "OrdersPerDay";

    protected override string RowIdOf(CountedOrder order) => $"{DayOf(order):yyyy-MM-dd}/{order.Currency}/{order.Status}";

    public override string IdOf(OrdersPerDay row) => row.Id;

    protected override OrdersPerDay Plus(OrdersPerDay? row, CountedOrder order) => new(
        RowIdOf(order), DayOf(order), order.Status, (row?.Orders ?? 0) + 1, (row?.Total ?? 0) + order.Total, order.Currency);

    protected override OrdersPerDay Minus(OrdersPerDay row, CountedOrder order) =>
        row with { Orders = row.Orders - 1, Total = row.Total - order.Total };

    protected override OrderOnDay NoteOf(CountedOrder order) => new(order.Id, order);

    protected override CountedOrder OrderOf(OrderOnDay note) => note.Order;

    private static DateOnly DayOf(CountedOrder order) => DateOnly.FromDateTime(order.PlacedAt.UtcDateTime);
}

public static class OrdersPerDayEndpoint
{
    [QueryParameters]
    public sealed record Range(DateOnly? From, DateOnly? To);

    public sealed record Row(DateOnly Day, OrderStatus Status, int Orders, decimal Total, string Currency);

    public static (CollectionQuery, Range) Load(HttpContext http)
    {
        var query = new CollectionQuery(http);
        return (query, new Range(query.Day("from"), query.Day("to")));
    }

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>The orders placed on each day (UTC), by currency and present status, newest day first.</summary>
    [WolverineGet("/v1/reports/orders-per-day"), AllowStaffAnd]
    [ProducesResponseType<Page<Row>>(StatusCodes.Status200OK), Asynchronous]
    public static async Task<IResult> Get(
        CollectionQuery query, Range range, IQuerySession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        if (await Freshness.Await(session, OrdersPerDayProjection.ProjectionName, query.MinSequence, http, time, cancellation) is { } behind)
        {
            return behind;
        }

        // The id begins with the day, so it is the whole sort key.
        var rows = session.Query<OrdersPerDay>().Where(r => r.Orders > 0);
        rows = range.From is { } from ? rows.Where(r => r.Day >= from) : rows;
        rows = range.To is { } to ? rows.Where(r => r.Day < to) : rows;
        rows = query.After is { Id: var id } ? rows.Where(r => r.Id.CompareTo(id) < 0) : rows;

        var found = await rows.OrderByDescending(r => r.Id).Take(query.Limit + 1).ToListAsync(cancellation);
        var page = Page.Of(found, query.Limit, r => Cursor.Of(r.Id));
        return Page.Answer(new Page<Row>([.. page.Items.Select(r => new Row(r.Day, r.Status, r.Orders, r.Total, r.Currency))], page.Next), http);
    }
}
