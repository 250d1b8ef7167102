using System.ComponentModel;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Wolverine.Http;

namespace Monolith.Operations.Following;

[QueryParameters]
public sealed record OperationFilter([property: Description("Only operations on this.")] string? Target)
{
    public static OperationFilter Read(ReadQuery query) => new(query.Value("target"));
}

public static class ListOperationsEndpoint
{
    public static (CollectionQuery, OperationFilter) Load(HttpContext http)
    {
        var query = new CollectionQuery(http);
        return (query, OperationFilter.Read(query));
    }

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>Operations by the time they were asked for, newest first.</summary>
    [WolverineGet("/admin/operations"), AllowStaffAnd]
    [ProducesResponseType<Page<OperationView>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        CollectionQuery query, OperationFilter filter, IQuerySession session, HttpContext http, CancellationToken cancellation)
    {
        IQueryable<Operation> operations = session.Query<Operation>();
        if (filter.Target is { } target)
        {
            operations = operations.Where(o => o.Target == target);
        }

        if (query.After is { At: var at, Id: var id })
        {
            operations = operations.Where(o => o.RequestedAt < at || (o.RequestedAt == at && o.Id.CompareTo(id) < 0));
        }

        var rows = await operations
            .OrderByDescending(o => o.RequestedAt).ThenByDescending(o => o.Id).Take(query.Limit + 1).ToListAsync(cancellation);
        var page = Page.Of(rows, query.Limit, o => new Cursor(o.RequestedAt, o.Id));
        var progress = (await session.LoadManyAsync<OperationProgress>(cancellation, page.Items.Select(o => o.PublicId)))
            .ToDictionary(p => p.Id, StringComparer.Ordinal);
        return Page.Answer(
            new Page<OperationView>([.. page.Items.Select(o => OperationView.Of(o, progress.GetValueOrDefault(o.PublicId)))], page.Next), http);
    }
}
