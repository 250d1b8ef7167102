using System.ComponentModel;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Insights.Alerts;

/// <summary>Something that people are to know of.</summary>
/// <param name="Key">That of the window, for instance an order or a SKU.</param>
/// <param name="IsRetroactive">It was found when what has long passed was computed again; nobody was told.</param>
/// <param name="RaisedAt">In event time, as all its times.</param>
public sealed record AlertView(
    string Id, string Rule, string Processor, string Key, AlertState State, string Summary, bool IsRetroactive, DateTimeOffset WindowStart,
    DateTimeOffset WindowEnd, DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, string? Note,
    long Version)
{
    internal static AlertView Of(Alert a) => new(
        a.PublicId, a.Rule, a.Processor, a.Key, a.State, a.Summary, a.IsRetroactive, a.WindowStart, a.WindowEnd, a.RaisedAt, a.ClearedAt,
        a.AcknowledgedAt, a.AcknowledgedBy, a.Note, a.EventsFolded);
}

[QueryParameters]
public sealed record AlertFilter([property: Description("Only alerts in this state.")] AlertState? State);

public static class ListAlertsEndpoint
{
    public static (CollectionQuery, AlertFilter) Load(HttpContext http)
    {
        var query = new CollectionQuery(http);
        return (query, new AlertFilter(query.OneOf<AlertState>("state")));
    }

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>The alerts, latest first.</summary>
    [WolverineGet("/v1/alerts"), AllowStaffAnd]
    [ProducesResponseType<Page<AlertView>>(StatusCodes.Status200OK), Asynchronous]
    public static async Task<IResult> Get(
        CollectionQuery query, AlertFilter filter, IQuerySession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        if (await Freshness.Await(() => LookedThrough(session, cancellation), query.MinSequence, http, time, cancellation) is { } behind)
        {
            return behind;
        }

        IQueryable<Alert> alerts = session.Query<Alert>();
        alerts = filter.State is { } state ? alerts.Where(a => a.State == state) : alerts;
        alerts = query.After is { At: var at, Id: var id }
            ? alerts.Where(a => a.RaisedAt < at || (a.RaisedAt == at && a.Id.CompareTo(id) < 0))
            : alerts;

        var found = await alerts.OrderByDescending(a => a.RaisedAt).ThenByDescending(a => a.Id).Take(query.Limit + 1).ToListAsync(cancellation);
        var page = Page.Of(found, query.Limit, a => new Cursor(a.RaisedAt, a.Id));
        return Page.Answer(new Page<AlertView>([.. page.Items.Select(AlertView.Of)], page.Next), http);
    }

    /// <summary>The ledger has what the log up to there has to tell.</summary>
    private static async Task<long> LookedThrough(IQuerySession session, CancellationToken cancellation)
    {
        string[] telling = [.. Processors.All.Where(p => p.HasAlerts).Select(p => p.Name)];
        var cursors = await session.Query<AlertCursor>().Where(c => c.Id.IsOneOf(telling)).ToListAsync(cancellation);
        return cursors.Count < telling.Length ? 0 : cursors.Min(c => c.Through);
    }
}
