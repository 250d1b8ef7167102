using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Catalog.Viewing;
using Monolith.Contracts.Catalog;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Wolverine.Http;

namespace Monolith.Catalog.Revising;

public sealed record ReviseProduct(
    string? Name, decimal? UnitPrice, string? Currency, decimal? WeightKg, string? Category, bool? Active)
{
    private const decimal HighestPrice = 1_000_000_000m;
    private const decimal HighestWeightKg = 100_000m;

    public InputErrors Check(string sku) => new InputErrors()
        .Require(Sku.IsValid(sku), "sku", Sku.Rule)
        .Text(Name, "name")
        .Text(Category, "category")
        .Require(Kernel.Currency.IsKnown(Currency), "currency", "must be an ISO 4217 code")
        .Require(UnitPrice is > 0 and <= HighestPrice, "unitPrice", $"is required, above 0 and at most {HighestPrice}")
        .Require(
            UnitPrice is not { } price || !Kernel.Currency.IsKnown(Currency) || Kernel.Currency.Fits(price, Currency!),
            "unitPrice", "has more digits than its currency")
        .Require(WeightKg is >= 0 and <= HighestWeightKg, "weightKg", $"is required, from 0 to {HighestWeightKg}")
        .Require(WeightKg is not { } weight || decimal.Round(weight, 3) == weight, "weightKg", "must have at most 3 digits behind the point")
        .Require(Active is not null, "active", "is required");
}

public static class ReviseProductEndpoint
{
    public static ProblemDetails Validate(string sku, ReviseProduct command) => command.Check(sku).ToProblem();

    /// <summary>Creates or replaces a product. The document and its event are written in one transaction.</summary>
    [WolverinePut("/v1/products/{sku}"), Allow]
    [ProducesResponseType<ProductView>(StatusCodes.Status200OK), ProducesResponseType<ProductView>(StatusCodes.Status201Created)]
    public static async Task<IResult> Put(
        string sku, ReviseProduct command, IDocumentSession session, HttpContext http, TimeProvider time, CancellationToken cancellation)
    {
        var current = await session.LoadAsync<Product>(sku, cancellation);
        if (Precondition(current, http.Request) is { } problem)
        {
            return Results.Problem(problem);
        }

        var revised = Decide(sku, command, time.BusinessNow());
        var product = Fold(current, revised);
        session.Store(product);
        if (current is null)
        {
            session.Events.StartStream<Product>(Product.StreamOf(sku), revised);
            return CommandReply.Created($"/v1/products/{sku}", ProductView.Of(product), ProductView.TagOf(product));
        }

        session.Events.Append(Product.StreamOf(sku), product.Version, revised);
        return CommandReply.Ok(ProductView.Of(product), ProductView.TagOf(product));
    }

    public static ProductRevised Decide(string sku, ReviseProduct command, DateTimeOffset now) => new(
        sku, command.Name!, command.UnitPrice!.Value, command.Currency!, command.WeightKg!.Value, command.Category!, command.Active!.Value, now);

    public static Product Fold(Product? current, ProductRevised e) => new(
        e.Sku, e.Name, e.UnitPrice, e.Currency, e.WeightKg, e.Category, e.Active, current?.CreatedAt ?? e.RevisedAt, e.RevisedAt,
        (current?.Version ?? 0) + 1);

    private static ProblemDetails? Precondition(Product? current, HttpRequest request) => (current, request.Headers.IfMatch.Count) switch
    {
        (null, 0) => null,
        (null, _) => ProblemTypes.PreconditionFailed.With("The product does not exist."),
        (_, 0) => ProblemTypes.PreconditionRequired.With("The product exists: send its ETag."),
        _ when !ProductView.TagOf(current).Matches(request) =>
            ProblemTypes.PreconditionFailed.With($"The product is at version {current.Version}."),
        _ => null,
    };
}
