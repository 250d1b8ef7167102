using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.History;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Ordering.History;

public static class GetOrderHistoryEndpoint
{
    public static NumberedQuery Load(HttpContext http) => new(http);

    public static ProblemDetails Validate(NumberedQuery query) => query.Errors.ToProblem();

    /// <summary>The audit trail: everything that happened to the order, with who and what caused it, oldest first.</summary>
    [WolverineGet("/v1/orders/{id}/history"), AllowStaffAnd]
    [ProducesResponseType<Page<RecordedEvent>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        string id, NumberedQuery query, IQuerySession session, Masks masks, HttpContext http, CancellationToken cancellation) =>
        await session.LoadAsync<Order>(id, cancellation) is null
            ? Results.Problem(ProblemTypes.NotFound.With("There is no such order."))
            : await Trail.Answer(id, "order", query, session, masks, http, cancellation);
}
