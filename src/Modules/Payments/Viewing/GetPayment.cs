using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Payments.Viewing;

public static class GetPaymentEndpoint
{
    [WolverineGet("/v1/payments/{id}"), AllowStaffAnd(Role.Customer)]
    [ProducesResponseType<PaymentView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string id, IQuerySession session, HttpContext http, CancellationToken cancellation)
    {
        var generation = await ProjectionGeneration.Load(session, PaymentProjection.ProjectionName, cancellation);
        return Answer(await session.LoadAsync<Payment>(id, cancellation), generation, http);
    }

    [WolverineGet("/v1/orders/{id}/payment"), AllowStaffAnd(Role.Customer)]
    [ProducesResponseType<PaymentView>(StatusCodes.Status200OK)]
    public static async Task<IResult> GetOfOrder(string id, IQuerySession session, HttpContext http, CancellationToken cancellation)
    {
        var generation = await ProjectionGeneration.Load(session, PaymentProjection.ProjectionName, cancellation);
        return Answer(await session.Query<Payment>().FirstOrDefaultAsync(p => p.OrderId == id, cancellation), generation, http);
    }

    private static IResult Answer(Payment? payment, int generation, HttpContext http) =>
        payment is not null && http.User.MaySee(payment.CustomerId)
            ? new Representation(PaymentView.Of(payment, http.User), new EntityTag(payment.EventsFolded, generation))
            : Results.Problem(ProblemTypes.NotFound.With("There is no such payment."));
}
