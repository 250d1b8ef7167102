using Marten;
using Marten.Events.Aggregation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Ordering;
using Wolverine;
using Wolverine.Http;

namespace Monolith.Architecture.Wrong;

internal static class StoreOfItsOwn
{
    public static void Add(IServiceCollection services) => services.AddMarten();
}

internal static class BusinessInTheHost
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/orders/late", () => new OrderCancelled("id", CancellationCause.Customer, "late", DateTimeOffset.UnixEpoch));
}

internal static class EndpointForWhoeverComes
{
    [WolverineGet("/wrong")]
    public static string Get() => "anything";

    [WolverinePut("/wrong"), Authorize]
    public static string Put() => "anything";
}

internal static class HandlerThatInvokes
{
    public static Task Handle(string message, IMessageBus bus) => bus.InvokeAsync(message);
}

internal static class ImpureDecision
{
    public static Task<DateTimeOffset> Decide(IDocumentSession session, HttpContext http, TimeProvider time) =>
        Task.FromResult(session is null || http is null ? default : time.GetUtcNow());
}

internal sealed class NamelessProjection : SingleStreamProjection<OrderForgotten, string>;
