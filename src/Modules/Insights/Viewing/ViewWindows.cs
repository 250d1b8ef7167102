using System.ComponentModel;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Insights.Viewing;

/// <summary>What a processor has gathered in one window of one key.</summary>
/// <param name="End">Not in it any more.</param>
/// <param name="Value">What that is depends on the processor.</param>
/// <param name="Revision">How many events came after the end and were still let in.</param>
/// <param name="IsFinal">Its end and its grace are over: it never changes again.</param>
public sealed record WindowView(string Key, DateTimeOffset Start, DateTimeOffset End, object Value, int Revision, bool IsFinal);

[QueryParameters]
public sealed record WindowFilter(
    [property: Description("Only windows of this key.")] string? Key,
    [property: Description("Windows that start at this time or from this UTC day on.")] DateTimeOffset? From,
    [property: Description("Windows that start before this time or UTC day.")] DateTimeOffset? To);

public static class ViewWindowsEndpoint
{
    public static (CollectionQuery, WindowFilter) Load(HttpContext http)
    {
        var query = new CollectionQuery(http);
        return (query, new WindowFilter(query.Value("key"), query.Time("from"), query.Time("to")));
    }

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>The windows of a processor, open and final ones, those that start last first.</summary>
    [WolverineGet("/v1/insights/{name}/windows"), AllowStaffAnd]
    [ProducesResponseType<Page<WindowView>>(StatusCodes.Status200OK), Asynchronous]
    public static async Task<IResult> Get(
        string name, CollectionQuery query, WindowFilter filter, IQuerySession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        if (Processors.Find(name) is not { } insight)
        {
            return Processors.NoneOf(name);
        }

        return await Freshness.Await(session, name, query.MinSequence, http, time, cancellation)
            ?? Page.Answer(await insight.Page(session, query, filter, cancellation), http);
    }
}
