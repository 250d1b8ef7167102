using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Ordering;

/// <summary>An order that a command is about to change: its stream, ready for the append, and the generation of its snapshot.</summary>
public sealed record OrderInHand(IEventStream<Order>? Stream, int Generation)
{
    public Order State => Stream!.Aggregate!;

    public static async Task<OrderInHand> Load(string id, IDocumentSession session, CancellationToken cancellation)
    {
        var batch = session.CreateBatchQuery();
        var stream = batch.Events.FetchForWriting<Order>(id);
        var generation = ProjectionGeneration.Load(batch, OrderProjection.ProjectionName);
        await batch.Execute(cancellation);
        return new OrderInHand(await stream, await generation);
    }

    /// <summary>The checks that come before any decision: the input, whether the caller may know this order, <c>If-Match</c>.</summary>
    public ProblemDetails Check(HttpContext http, InputErrors input) => this switch
    {
        _ when input.Any => input.ToProblem(),
        { Stream.Aggregate: null } or { Stream: null } => ProblemTypes.NotFound.With("There is no such order or shipment."),
        _ when !http.User.MaySee(State.CustomerId) => ProblemTypes.NotFound.With("There is no such order or shipment."),
        _ when !TagOf(State).Matches(http.Request) => ProblemTypes.PreconditionFailed.With($"The order is at version {State.EventsFolded}."),
        _ => WolverineContinue.NoProblems,
    };

    /// <summary>Appends what was decided and answers with the state that it leads to.</summary>
    public IResult Carry(Decision decision, Func<Order, EntityTag, CommandReply> reply)
    {
        if (decision.Problem is { } problem)
        {
            return Results.Problem(problem);
        }

        if (decision.Events.Count > 0)
        {
            Stream!.AppendMany(decision.Events);
        }

        var order = Order.Fold(State, decision.Events)!;
        return reply(order, TagOf(order));
    }

    private EntityTag TagOf(Order order) => new(order.EventsFolded, Generation);
}
