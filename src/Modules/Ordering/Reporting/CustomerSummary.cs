using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Ordering.Reporting;

/// <summary>A customer's orders in numbers. Cancelled orders count as orders, but not in the totals.</summary>
/// <param name="Totals">Value of the orders that were not cancelled, by currency.</param>
public sealed record CustomerSummary(
    string Id, int Orders, int Cancelled, IReadOnlyDictionary<string, decimal> Totals, string Currency,
    DateTimeOffset FirstOrderAt, DateTimeOffset LastOrderAt);

/// <summary>An order as the customer summary counted it.</summary>
public sealed record OrderOfCustomer(string Id, CountedOrder Order);

public sealed class CustomerSummaryProjection() : OrderTally<CustomerSummary, OrderOfCustomer>(ProjectionName)
{
    public const string ProjectionName = "CustomerSummary";

    protected override string RowIdOf(CountedOrder order) => order.CustomerId;

    public override string IdOf(CustomerSummary row) => row.Id;

    protected override CustomerSummary Plus(CustomerSummary? row, CountedOrder order) =>
        Count(row ?? Empty(order), order, +1) is var counted && order.PlacedAt >= counted.LastOrderAt
            ? counted with { LastOrderAt = order.PlacedAt, Currency = order.Currency }
            : counted with { FirstOrderAt = order.PlacedAt < counted.FirstOrderAt ? order.PlacedAt : counted.FirstOrderAt };

    protected override CustomerSummary Minus(CustomerSummary row, CountedOrder order) => Count(row, order, -1);

    protected override OrderOfCustomer NoteOf(CountedOrder order) => new(order.Id, order);

    protected override CountedOrder OrderOf(OrderOfCustomer note) => note.Order;

    private static CustomerSummary Empty(CountedOrder order) => new(
        order.CustomerId, 0, 0, new Dictionary<string, decimal>(), order.Currency, order.PlacedAt, order.PlacedAt);

    private static CustomerSummary Count(CustomerSummary row, CountedOrder order, int sign) => order.Status == OrderStatus.Cancelled
        ? row with { Orders = row.Orders + sign, Cancelled = row.Cancelled + sign }
        : row with { Orders = row.Orders + sign, Totals = Add(row.Totals, order.Currency, sign * order.Total) };

    private static SortedDictionary<string, decimal> Add(IReadOnlyDictionary<string, decimal> totals, string currency, decimal amount) =>
        new(totals.ToDictionary()) { [currency] = totals.GetValueOrDefault(currency) + amount };
}

public static class CustomerSummaryEndpoint
{
    public sealed record View(
        int Orders, int Cancelled, decimal Total, string Currency, DateTimeOffset FirstOrderAt, DateTimeOffset LastOrderAt,
        IReadOnlyDictionary<string, decimal> Totals);

    public static ReadQuery Load(HttpContext http) => new(http);

    public static ProblemDetails Validate(ReadQuery query) => query.Errors.ToProblem();

    /// <summary>One customer in numbers; <c>total</c> is in <c>currency</c>, that of the latest order, and <c>totals</c> has the others too.</summary>
    [WolverineGet("/v1/customers/{id}/summary"), AllowStaffAnd(Role.Customer)]
    [ProducesResponseType<View>(StatusCodes.Status200OK), Asynchronous]
    public static async Task<IResult> Get(
        string id, ReadQuery query, IQuerySession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        if (await Freshness.Await(session, CustomerSummaryProjection.ProjectionName, query.MinSequence, http, time, cancellation) is { } behind)
        {
            return behind;
        }

        return http.User.MaySee(id) && await session.LoadAsync<CustomerSummary>(id, cancellation) is { } s
            ? Results.Json(new View(
                s.Orders, s.Cancelled, s.Totals.GetValueOrDefault(s.Currency), s.Currency, s.FirstOrderAt, s.LastOrderAt, s.Totals))
            : Results.Problem(ProblemTypes.NotFound.With("No order of this customer is known."));
    }
}
