using Monolith.Architecture.Reading;
using Monolith.Ordering;
using Monolith.Ordering.Listing;
using Shouldly;
using Xunit;

namespace Monolith.Architecture;

/// <summary>A projection's name is in addresses and in the progress table; an order's projections know every event of an order.</summary>
public class Projections(StoredEvents stored) : IClassFixture<StoredEvents>
{
    private static readonly DateTimeOffset Placed = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Placed.AddDays(1);

    [Fact]
    public void Every_projection_is_named_by_itself() => WithoutName(stored.Projections.Select(p => (p.ImplementationType, p.Name))).ShouldBeEmpty();

    [Fact]
    public void Every_event_with_an_order_is_an_event_of_orders() =>
        stored.Types.Select(e => e.EventType).Where(type => type.Namespace == "Monolith.Contracts.Ordering").Except(OrderEvents.Types).ShouldBeEmpty();

    [Fact]
    public void Every_event_of_an_order_is_folded_wherever_orders_are() => OrderEvents.Types.SelectMany(NotFolded).ShouldBeEmpty();

    [Fact]
    public void A_projection_without_a_name_would_be_noticed() =>
        WithoutName([(typeof(Wrong.NamelessProjection), new Wrong.NamelessProjection().Name)]).ShouldBe(["Monolith.Architecture.Wrong.NamelessProjection"]);

    [Fact]
    public void An_event_that_a_fold_forgets_would_be_noticed() => NotFolded(typeof(Wrong.OrderForgotten)).ShouldBe(
    [
        "Order.Fold forgets Monolith.Architecture.Wrong.OrderForgotten",
        "OrderListItem.Fold forgets Monolith.Architecture.Wrong.OrderForgotten",
        "OrderEvents.TimeOf forgets Monolith.Architecture.Wrong.OrderForgotten",
    ]);

    private static IEnumerable<string> WithoutName(IEnumerable<(Type Type, string Name)> projections) =>
        from projection in projections
        where (string?)projection.Type.GetField("ProjectionName")?.GetRawConstantValue() != projection.Name
        select projection.Type.FullName!;

    /// <summary>Whoever folds an event knows its time, so the time of the last change shows who forgets it.</summary>
    private static IEnumerable<string> NotFolded(Type type)
    {
        var placed = Example.Of(typeof(Contracts.Ordering.OrderPlaced), Placed);
        var e = Example.Of(type, Later);
        (string Name, DateTimeOffset? Time)[] folds =
        [
            ("Order.Fold", Order.Fold(Order.Fold(null, placed), e)?.UpdatedAt),
            ("OrderListItem.Fold", OrderListItem.Fold(OrderListItem.Fold(null, placed), e)?.UpdatedAt),
            ("OrderEvents.TimeOf", OrderEvents.TimeOf(e)),
        ];
        return folds.Where(fold => fold.Time != Later).Select(fold => $"{fold.Name} forgets {type.FullName}");
    }
}
