using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Paging;
using Wolverine.Http;

namespace Monolith.Operations.Clustering;

public static class ListNodesEndpoint
{
    public static NumberedQuery Load(HttpContext http) => new(http);

    public static ProblemDetails Validate(NumberedQuery query) => query.Errors.ToProblem();

    /// <summary>The nodes of the cluster by number, the agents that each one runs, and which one leads.</summary>
    [WolverineGet("/admin/nodes"), AllowStaffAnd]
    [ProducesResponseType<Page<NodeView>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(NumberedQuery query, Cluster cluster, HttpContext http, CancellationToken cancellation)
    {
        var nodes = (await cluster.Nodes(cancellation)).Where(node => node.Node > query.AfterNumber).Take(query.Limit + 1).ToList();
        return Page.Answer(Page.Of(nodes, query.Limit, node => Cursor.Of(node.Node)), http);
    }
}
