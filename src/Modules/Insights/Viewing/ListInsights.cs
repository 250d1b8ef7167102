using System.Xml;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Reading;
using Npgsql;
using Wolverine.Http;

namespace Monolith.Insights.Viewing;

/// <summary>A processor. Durations are those of ISO 8601 and null where its kind has none.</summary>
/// <param name="Kind">For instance <c>tumbling</c>, <c>hopping</c>, <c>session</c>, <c>windowedJoin</c>, <c>tableJoin</c>, <c>topN</c>.</param>
/// <param name="Size">How long a window is.</param>
/// <param name="Advance">From the start of one window to the start of the next.</param>
/// <param name="Gap">How long nothing has to happen for a window to end.</param>
/// <param name="Grace">How long after its end a window still takes what comes late.</param>
/// <param name="Watermark">How far event time has come; null before the first event.</param>
/// <param name="LagSeconds">Age of the oldest event of the log that it has not seen; 0 when it has seen all.</param>
/// <param name="Late">How often an event came too late for one of its windows.</param>
/// <param name="Clamped">How many events said they were of the future.</param>
public sealed record InsightView(
    string Name, string Kind, string? Size, string? Advance, string? Gap, string Grace, DateTimeOffset? Watermark, double LagSeconds, long Late, long Clamped)
{
    internal static InsightView Of(IInsight insight, EventTime time, TimeSpan lag) => new(
        insight.Name, insight.Kind, Duration(insight.Windows.Size), Duration(insight.Windows.Advance), Duration(insight.Windows.Gap),
        XmlConvert.ToString(insight.Grace), time.Watermark, Math.Round(lag.TotalSeconds, 3), time.Late, time.Clamped);

    private static string? Duration(TimeSpan? span) => span is { } s ? XmlConvert.ToString(s) : null;
}

public static class ListInsightsEndpoint
{
    public static CollectionQuery Load(HttpContext http) => new(http);

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>The processors and how far each one is, by name.</summary>
    [WolverineGet("/v1/insights"), AllowStaffAnd]
    [ProducesResponseType<Page<InsightView>>(StatusCodes.Status200OK), Asynchronous]
    public static async Task<IResult> Get(
        CollectionQuery query, IQuerySession session, NpgsqlDataSource database, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var insights = Processors.All
            .Where(p => query.After is not { Id: var id } || string.CompareOrdinal(p.Name, id) > 0).Take(query.Limit + 1).ToList();
        var page = Page.Of(insights, query.Limit, p => Cursor.Of(p.Name));
        string[] names = [.. page.Items.Select(p => p.Name)];
        if (await Freshness.Await(session, names, query.MinSequence, http, time, cancellation) is { } behind)
        {
            return behind;
        }

        var lags = await Lag.Of(names, session, database, time.GetUtcNow(), cancellation);
        var views = new List<InsightView>();
        foreach (var insight in page.Items)
        {
            views.Add(InsightView.Of(insight, await insight.Time(session, cancellation), lags[insight.Name]));
        }

        return Page.Answer(new Page<InsightView>(views, page.Next), http);
    }
}
