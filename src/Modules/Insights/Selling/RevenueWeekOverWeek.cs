using System.Globalization;
using Monolith.Contracts.Ordering;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Alerting;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Selling;

/// <summary>The revenue of an hour beside that of the same hour a week before.</summary>
public sealed record RevenueOfTwoWeeks(string Currency, decimal Revenue, decimal LastWeek);

/// <summary>Whether as much is sold as at the same time last week, hour by hour.</summary>
public sealed class RevenueWeekOverWeek() : Processor<RevenueWeekOverWeek, RevenueOfTwoWeeks>(ProjectionName, Stream)
{
    public const string ProjectionName = "revenue-week-over-week";

    public const string Key = "all";

    /// <summary>Less than this in an hour says nothing about a week later.</summary>
    private const decimal WorthComparing = 100m;

    private static Topology<RevenueOfTwoWeeks> Stream { get; } = new Topology<RevenueOfTwoWeeks>
    {
        Windows = new Tumbling(TimeSpan.FromHours(1)),
        Grace = TimeSpan.FromMinutes(5),
        Merge = (a, b) => new RevenueOfTwoWeeks(a.Currency, a.Revenue + b.Revenue, a.LastWeek + b.LastWeek),
        Carry = new Carry<RevenueOfTwoWeeks>(
            TimeSpan.FromDays(7), hour => hour.Revenue > 0 ? new RevenueOfTwoWeeks(hour.Currency, Revenue: 0, LastWeek: hour.Revenue) : null),
        Alerts =
        [
            new AlertRule<RevenueOfTwoWeeks>
            {
                Name = "revenue-dropped",
                Raise = hour => hour.LastWeek >= WorthComparing && hour.Revenue < hour.LastWeek / 2,
                Clear = hour => hour.LastWeek >= WorthComparing && hour.Revenue >= hour.LastWeek * 0.8m,
                Says = hour => string.Create(
                    CultureInfo.InvariantCulture, $"{hour.Revenue} {hour.Currency} were sold in an hour; {hour.LastWeek} at the same time last week."),
            },
        ],
        Output = (hour, _) => hour,
    }
    .From<OrderPlaced>(e => e.PlacedAt, e => [new Share<RevenueOfTwoWeeks>(Key, new(e.Currency, e.ItemsTotal, LastWeek: 0), Part: e.Currency)]);
}
