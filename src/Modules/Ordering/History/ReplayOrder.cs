using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Monolith.Kernel.Access;
using Monolith.Kernel.History;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Problems;
using Monolith.Ordering.Viewing;
using Wolverine.Http;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Monolith.Ordering.History;

public static class ReplayOrderEndpoint
{
    public static (NumberedQuery, ReplayRange) Load(HttpContext http)
    {
        var query = new NumberedQuery(http);
        return (query, ReplayRange.Read(query));
    }

    public static ProblemDetails Validate(NumberedQuery query) => query.Errors.ToProblem();

    /// <summary>The order after each of its events, and what each one changed, oldest first.</summary>
    [WolverineGet("/v1/orders/{id}/replay"), AllowStaffAnd]
    [ProducesResponseType<Page<ReplayStep<OrderView>>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        string id, NumberedQuery query, ReplayRange range, IQuerySession session, Masks masks, IOptions<JsonOptions> json, HttpContext http,
        CancellationToken cancellation)
    {
        if (await session.LoadAsync<Order>(id, cancellation) is null)
        {
            return Results.Problem(ProblemTypes.NotFound.With("There is no such order."));
        }

        var after = range.FromVersion - 1 ?? query.AfterNumber;
        var before = after == 0 ? null : await StreamEvents.Fold<Order>(session, id, state: null, cancellation, upTo: after);
        var events = await StreamEvents.Read(session, id, after, query.Limit + 1, cancellation);
        var steps = Replay.Of(before, events, o => OrderView.Of(o, http.User), e => masks.Show(e, http.User), json.Value.SerializerOptions);
        return Page.Answer(Page.Of(steps, query.Limit, step => Cursor.Of(step.Version)), http);
    }
}
