using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Reading;
using Npgsql;
using Wolverine.Http;

namespace Monolith.Operations.Projections;

/// <summary>All projections, by name.</summary>
public static class ListProjectionsEndpoint
{
    public static CollectionQuery Load(HttpContext http) => new(http);

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    [WolverineGet("/admin/projections"), AllowStaffAnd]
    public static async Task<IResult> Get(
        CollectionQuery query, IQuerySession session, NpgsqlDataSource database, Shards shards, HttpContext http, TimeProvider time,
        CancellationToken cancellation)
    {
        var rows = RegisteredProjection.All(session.DocumentStore)
            .Where(p => query.After is not { Id: var id } || string.CompareOrdinal(p.Name, id) > 0).Take(query.Limit + 1).ToList();
        var page = Page.Of(rows, query.Limit, p => new Cursor(DateTimeOffset.UnixEpoch, p.Name));

        var batch = session.CreateBatchQuery();
        var generations = page.Items.ToDictionary(p => p.Name, p => ProjectionGeneration.Load(batch, p.Name), StringComparer.Ordinal);
        var claims = batch.LoadMany<OperationClaim>().ById([.. page.Items.Select(p => p.Name)]);
        await batch.Execute(cancellation);
        var rebuilding = (await claims).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var hosts = await shards.Hosts(page.Items.SelectMany(p => p.Shards), cancellation);
        var positions = await Positions.Load(session.DocumentStore, database, page.Items, cancellation);

        var views = new List<ProjectionView>();
        foreach (var projection in page.Items)
        {
            var generation = await generations[projection.Name];
            views.Add(ProjectionView.Of(
                projection, generation, rebuilding.Contains(projection.Name), positions, hosts, time.GetUtcNow()));
        }

        return Page.Answer(new Page<ProjectionView>(views, page.Next), http);
    }
}
