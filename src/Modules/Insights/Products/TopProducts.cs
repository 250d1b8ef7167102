using System.Collections.Immutable;
using Monolith.Contracts.Ordering;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Products;

/// <summary>What was sold, by SKU.</summary>
public sealed record SoldProducts(ImmutableSortedDictionary<string, Sold> BySku)
{
    internal static SoldProducts Of(OrderPlaced order) => new(order.Lines
        .GroupBy(l => l.Sku, (sku, lines) => KeyValuePair.Create(sku, new Sold(1, lines.Sum(l => l.Quantity))))
        .ToImmutableSortedDictionary(StringComparer.Ordinal));

    internal static SoldProducts Plus(SoldProducts a, SoldProducts b)
    {
        // What is read from the database is sorted by the culture.
        var sum = a.BySku.WithComparers(StringComparer.Ordinal).ToBuilder();
        foreach (var (sku, sold) in b.BySku)
        {
            sum[sku] = sum.TryGetValue(sku, out var before) ? new Sold(before.Orders + sold.Orders, before.Items + sold.Items) : sold;
        }

        return new SoldProducts(sum.ToImmutable());
    }
}

/// <param name="Items">Pieces.</param>
public sealed record Sold(int Orders, int Items);

/// <summary>The products of which the most pieces are sold, each hour.</summary>
public sealed class TopProducts() : Processor<TopProducts, SoldProducts>(ProjectionName, Stream)
{
    public const string ProjectionName = "top-products-per-hour";

    public const string Key = "all";

    private const int Places = 10;

    private static Topology<SoldProducts> Stream { get; } = new Topology<SoldProducts>
    {
        Kind = "topN",
        Windows = new Tumbling(TimeSpan.FromHours(1)),
        Grace = TimeSpan.FromMinutes(5),
        Merge = SoldProducts.Plus,
        Output = (sold, _) => new Shown([.. Ranked(sold)]),
    }
        .From<OrderPlaced>(at: e => e.PlacedAt, e => [new Share<SoldProducts>(Key, SoldProducts.Of(e))]);

    internal static IEnumerable<Place> Ranked(SoldProducts sold) => sold.BySku
        .OrderByDescending(s => s.Value.Items).ThenByDescending(s => s.Value.Orders).ThenBy(s => s.Key, StringComparer.Ordinal)
        .Take(Places)
        .Select((s, n) => new Place(n + 1, s.Key, s.Value.Items, s.Value.Orders));

    internal sealed record Shown(IReadOnlyList<Place> Products);

    internal sealed record Place(int Rank, string Sku, int Items, int Orders);
}
