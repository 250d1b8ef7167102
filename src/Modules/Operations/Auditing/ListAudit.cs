using System.ComponentModel;
using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Operations;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Monolith.Operations.Exploring;
using Npgsql;
using Wolverine.Http;

namespace Monolith.Operations.Auditing;

[QueryParameters]
public sealed record AuditFilter(
    [property: Description("Only what this `sub` attempted.")] string? Actor,
    [property: Description("Recorded at this time or from this UTC day on.")] DateTimeOffset? From,
    [property: Description("Recorded before this time or UTC day.")] DateTimeOffset? To)
{
    public static AuditFilter Read(ReadQuery query) => new(query.Value("actor"), query.Time("from"), query.Time("to"));
}

public static class ListAuditEndpoint
{
    public static (NumberedQuery, AuditFilter) Load(HttpContext http)
    {
        var query = new NumberedQuery(http);
        return (query, AuditFilter.Read(query));
    }

    public static ProblemDetails Validate(NumberedQuery query) => query.Errors.ToProblem();

    /// <summary>Who attempted what under <c>/admin</c>, why, and what became of it, newest first; refused attempts, too.</summary>
    [WolverineGet("/admin/audit"), AllowStaffAnd]
    [ProducesResponseType<Page<AuditEntry>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        NumberedQuery query, AuditFilter filter, IQuerySession session, HttpContext http, CancellationToken cancellation)
    {
        var search = new EventSearch(Types: [Audit.Attempted], Actor: filter.Actor, From: filter.From, To: filter.To);
        var attempts = (await LoggedEvents.Read(session, search.Page(query.AfterNumber, query.Limit + 1), cancellation))
            .OfType<IEvent<AdminActionAttempted>>().ToList();
        var outcomes = (await LoggedEvents.Read(session, OutcomesOf(attempts.Select(attempt => attempt.Data.ActionId)), cancellation))
            .Select(e => e.Data).OfType<AdminActionFinished>().ToDictionary(outcome => outcome.ActionId, StringComparer.Ordinal);
        return Page.Answer(
            Page.Of(
                [.. attempts.Select(attempt => AuditEntry.Of(attempt, outcomes.GetValueOrDefault(attempt.Data.ActionId)))],
                query.Limit, entry => Cursor.Of(entry.Sequence)),
            http);
    }

    internal static EventSelection OutcomesOf(IEnumerable<string> actionIds) => new(
        // The type is not a parameter, because the index has only events of this type.
        $"select * from {EventSelection.Log} e where e.type = '{Audit.Finished}' and e.data ->> 'actionId' = any (@actions)",
        "e.seq_id",
        new NpgsqlParameter("actions", actionIds.ToArray()));
}
