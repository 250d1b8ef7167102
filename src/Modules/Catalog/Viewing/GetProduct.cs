using Marten;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Wolverine.Http;

namespace Monolith.Catalog.Viewing;

public static class GetProductEndpoint
{
    [WolverineGet("/v1/products/{sku}"), AllowAnonymous]
    [ProducesResponseType<ProductView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(string sku, IQuerySession session, CancellationToken cancellation) =>
        await session.LoadAsync<Product>(sku, cancellation) is { } product
            ? new Representation(ProductView.Of(product), ProductView.TagOf(product))
            : Results.Problem(ProblemTypes.NotFound.With("There is no product with this SKU."));
}
