using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Ordering.Paying;

public static class GetPaymentEndpoint
{
    [WolverineGet("/v1/payments/{id}"), AllowStaffAnd(Role.Customer)]
    [ProducesResponseType<PaymentView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string id, IQuerySession session, HttpContext http, CancellationToken cancellation) =>
        await Answer(await session.Query<Order>().FirstOrDefaultAsync(o => o.Payment.PaymentId == id, cancellation), session, http, cancellation);

    [WolverineGet("/v1/orders/{id}/payment"), AllowStaffAnd(Role.Customer)]
    [ProducesResponseType<PaymentView>(StatusCodes.Status200OK)]
    public static async Task<IResult> GetOfOrder(string id, IQuerySession session, HttpContext http, CancellationToken cancellation) =>
        await Answer(await session.LoadAsync<Order>(id, cancellation), session, http, cancellation);

    private static async Task<IResult> Answer(Order? order, IQuerySession session, HttpContext http, CancellationToken cancellation) =>
        order is not null && http.User.MaySee(order.CustomerId) && PaymentView.Of(order) is { } payment
            ? new Representation(
                payment,
                new EntityTag(order.EventsFolded, await ProjectionGeneration.Load(session, OrderProjection.ProjectionName, cancellation)))
            : Results.Problem(PaymentView.Unknown);
}
