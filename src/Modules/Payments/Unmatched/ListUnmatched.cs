using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Payments.Unmatched;

/// <summary>A report that fits nothing, as the API shows it.</summary>
public sealed record UnmatchedPaymentView(
    string WebhookId, string? Type, string? PaymentId, decimal? Amount, string? Currency, string? Reference, DateTimeOffset? OccurredAt,
    string Reason, DateTimeOffset ReportedAt)
{
    public static UnmatchedPaymentView Of(UnmatchedPayment p) =>
        new(p.WebhookId, p.Type, p.PaymentId, p.Amount, p.Currency, p.Reference, p.OccurredAt, p.Reason, p.ReportedAt);
}

public static class ListUnmatchedEndpoint
{
    public static CollectionQuery Load(HttpContext http) => new(http);

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>What the provider reported and nothing fits, newest first.</summary>
    [WolverineGet("/v1/payments/unmatched"), AllowStaffAnd]
    [ProducesResponseType<Page<UnmatchedPaymentView>>(StatusCodes.Status200OK), Asynchronous]
    public static async Task<IResult> Get(
        CollectionQuery query, IQuerySession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        if (await Freshness.Await(session, UnmatchedPaymentProjection.ProjectionName, query.MinSequence, http, time, cancellation) is { } behind)
        {
            return behind;
        }

        IQueryable<UnmatchedPayment> reports = session.Query<UnmatchedPayment>();
        if (query.After is { At: var at, Id: var id })
        {
            reports = reports.Where(r => r.ReportedAt < at || (r.ReportedAt == at && r.Id.CompareTo(id) < 0));
        }

        var rows = await reports.OrderByDescending(r => r.ReportedAt).ThenByDescending(r => r.Id).Take(query.Limit + 1).ToListAsync(cancellation);
        var page = Page.Of(rows, query.Limit, r => new Cursor(r.ReportedAt, r.Id));
        return Page.Answer(new Page<UnmatchedPaymentView>([.. page.Items.Select(UnmatchedPaymentView.Of)], page.Next), http);
    }
}
