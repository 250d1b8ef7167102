using Marten;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Payments;
using Monolith.Kernel;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Webhooks;
using Wolverine;
using Wolverine.Http;

namespace Monolith.Payments.Reporting;

/// <summary>A report of the provider that was worked on; another one with its id does nothing.</summary>
/// <param name="Id">The header <c>webhook-id</c>.</param>
public sealed record SeenReport(string Id, DateTimeOffset SeenAt);

/// <param name="Accepted">True: the report is recorded, or was before.</param>
public sealed record WebhookAnswer(bool Accepted);

public static class ReceiveWebhookEndpoint
{
    private const string Actor = "payment provider";

    public static async Task<SignedReport> LoadAsync(
        HttpContext http, IOptionsMonitor<PaymentOptions> options, TimeProvider time, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, cancellation);
        var (id, body) = (http.Request.Headers["webhook-id"].ToString(), buffer.ToArray());
        var isGood = WebhookSignature.IsGood(
            options.CurrentValue.Webhook.Secrets, id, http.Request.Headers["webhook-timestamp"].ToString(),
            http.Request.Headers["webhook-signature"].ToString(), body, time.GetUtcNow());
        return new SignedReport(id, isGood, ProviderReport.Read(body));
    }

    public static ProblemDetails Validate(SignedReport received) => received.IsGood
        ? WolverineContinue.NoProblems
        : ProblemTypes.Unauthenticated.With("The signature or its time is not good.");

    /// <summary>
    /// What the payment provider reports, signed as Standard Webhooks. With a good signature the answer is 202, whatever the report says:
    /// one that was seen before does nothing, and one that fits nothing is kept for support.
    /// </summary>
    [WolverinePost("/v1/payments/webhook"), AllowAnonymous, DisableRateLimiting, Body(typeof(ProviderReport))]
    [ProducesResponseType<WebhookAnswer>(StatusCodes.Status202Accepted)]
    public static async Task<(IResult, OutgoingMessages)> Post(
        [NotBody] SignedReport received, IOrders orders, IDocumentSession session, TimeProvider time, CancellationToken cancellation)
    {
        var accepted = Results.Json(new WebhookAnswer(Accepted: true), statusCode: StatusCodes.Status202Accepted);
        var (id, _, report) = received;
        if (await session.LoadAsync<SeenReport>(id, cancellation) is not null)
        {
            return (accepted, []);
        }

        var stream = report.PaymentId is { Length: > 0 } paymentId ? await session.Events.FetchForWriting<Payment>(paymentId, cancellation) : null;
        var refundsAsked = report.IsOfRefund && stream?.Aggregate is { } payment && await orders.Find(payment.OrderId, cancellation) is { } order
            ? order.RefundsAsked
            : [];
        var decision = Judgement.Decide(stream?.Aggregate, id, report, refundsAsked, time.BusinessNow());

        session.LastModifiedBy = Actor;
        session.Insert(new SeenReport(id, time.BusinessNow()));
        if (decision.Events is [MoneyUnmatched or ReportRejected])
        {
            session.Events.StartStream<Unmatched.UnmatchedPayment>(Unmatched.UnmatchedPayment.StreamOf(id), decision.Events);
        }
        else
        {
            stream!.AppendMany(decision.Events);
        }

        return (accepted, [.. decision.Messages]);
    }
}

/// <param name="IsGood">The provider really sent it, and just now.</param>
public sealed record SignedReport(string WebhookId, bool IsGood, ProviderReport Report);
