using System.ComponentModel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Contracts.Ordering;
using Monolith.Contracts.Shipping;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Paging;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Shipping.Fees;

/// <summary>All four are required.</summary>
[QueryParameters]
public sealed record DeliveryInQuestion(
    [Description("ISO 3166-1 alpha-2.")] string? Country,
    [Description("How fast.")] DeliveryService? Service,
    [Description("Weight of the whole order.")] decimal? WeightKg,
    [Description("ISO 4217.")] string? Currency)
{
    private const decimal HeaviestKg = 1_000_000_000_000m;

    public static DeliveryInQuestion Read(ReadQuery query)
    {
        var delivery = new DeliveryInQuestion(
            query.Value("country"), query.OneOf<DeliveryService>("service"), query.Measure("weightKg", 0, HeaviestKg), query.Value("currency"));
        query.Errors
            .Require(Kernel.Country.IsValid(delivery.Country), "country", Kernel.Country.Rule)
            .Require(query.Has("service"), "service", "is required: standard or express")
            .Require(query.Has("weightKg"), "weightKg", "is required")
            .Require(Kernel.Currency.IsKnown(delivery.Currency), "currency", "must be an ISO 4217 code");
        return delivery;
    }
}

public static class QuoteDeliveryEndpoint
{
    public static (ReadQuery, DeliveryInQuestion) Load(HttpContext http)
    {
        var query = new ReadQuery(http);
        return (query, DeliveryInQuestion.Read(query));
    }

    public static ProblemDetails Validate(ReadQuery query) => query.Errors.ToProblem();

    /// <summary>What a delivery costs by the policy in force; 422 when it has no tariff for this.</summary>
    [WolverineGet("/v1/delivery-quotes"), AllowAnonymous]
    [ProducesResponseType<DeliveryQuote>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status422UnprocessableEntity)]
    public static IResult Get(DeliveryInQuestion delivery, IDeliveryFees fees) =>
        fees.Quote(delivery.Country!, delivery.Service!.Value, delivery.WeightKg!.Value, delivery.Currency!) is { } quote
            ? Results.Json(quote)
            : Results.Problem(ProblemTypes.RuleViolated.With(
                $"There is no tariff for {delivery.Country}, {delivery.Service.Value.ToString().ToLowerInvariant()}, {delivery.Currency}."));
}
