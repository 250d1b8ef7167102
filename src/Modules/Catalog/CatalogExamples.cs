using Monolith.Catalog.Revising;
using Monolith.Catalog.Viewing;

namespace Monolith.Catalog;

/// <summary>A product for the API document.</summary>
internal static class CatalogExamples
{
    private static readonly ReviseProduct Revision = new("Darjeeling First Flush", 12.50m, "EUR", 0.25m, "tea", Active: true);

    public static IEnumerable<object> All =>
    [
        Revision,
        ProductView.Of(ReviseProductEndpoint.Fold(
            current: null, ReviseProductEndpoint.Decide("TEA-1", Revision, new DateTimeOffset(2025, 3, 1, 9, 30, 0, TimeSpan.Zero)))),
    ];
}
