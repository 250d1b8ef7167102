using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Paging;
using Npgsql;
using Wolverine.Http;

namespace Monolith.Operations.Projections;

public static class ListProjectionsEndpoint
{
    public static CollectionQuery Load(HttpContext http) => new(http);

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>All projections, by name.</summary>
    [WolverineGet("/admin/projections"), AllowStaffAnd]
    [ProducesResponseType<Page<ProjectionView>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        CollectionQuery query, IQuerySession session, NpgsqlDataSource database, Shards shards, HttpContext http, TimeProvider time,
        CancellationToken cancellation)
    {
        var rows = RegisteredProjection.All(session.DocumentStore)
            .Where(p => query.After is not { Id: var id } || string.CompareOrdinal(p.Name, id) > 0).Take(query.Limit + 1).ToList();
        var page = Page.Of(rows, query.Limit, p => Cursor.Of(p.Name));

        var views = await ProjectionViews.Load(page.Items, session, database, shards, time.GetUtcNow(), cancellation);
        return Page.Answer(new Page<ProjectionView>(views, page.Next), http);
    }
}
