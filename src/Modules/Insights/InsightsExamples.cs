using Monolith.Insights.Alerts;
using Monolith.Insights.Feed;
using Monolith.Insights.Selling;
using Monolith.Insights.Streaming;
using Monolith.Insights.Topics;
using Monolith.Insights.Viewing;

namespace Monolith.Insights;

/// <summary>An hour of the tea shop for the API document.</summary>
internal static class InsightsExamples
{
    private static readonly DateTimeOffset Hour = new(2025, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly CloudEvent Cancelled = new(
        "0195510a-89c0-7c11-a5d4-3f1f6e0b7a04", "/monolith/ordering", "monolith.ordering.OrderCancelled", "0195510a-89c0-7c11-a5d4-3f1f6e0b7a01",
        Hour, "4711", new { OrderId = "0195510a-89c0-7c11-a5d4-3f1f6e0b7a01", Cause = "customer", CancelledAt = Hour });

    public static IEnumerable<object> All =>
    [
        new AcknowledgeAlert("More is on its way"), new ReplayTopic("The new consumer needs all of it"), new TopicView("rabbitmq", "195ab3f2c80-2", Sequence: 0, Mark: 1_284),
        new AlertView(
            "stock-low-0a1b2c3d4e5f6071", "stock-low", "stock-levels", "TEA-1", AlertState.Acknowledged, "9 pieces are left.", IsRetroactive: false,
            DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), Hour.AddMinutes(12), ClearedAt: null,
            AcknowledgedAt: Hour.AddMinutes(15), AcknowledgedBy: "otto", Note: "More is on its way", Version: 2),
        Cancelled, new FeedPage([Cancelled], Next: "4712", Epoch: "195ab3f2c80"),
        InsightView.Of(Processors.Find(SalesPerHour.ProjectionName)!, new EventTime(Hour.AddMinutes(42), Late: 2, Clamped: 0), TimeSpan.Zero),
        new WindowView("tea", Hour, Hour.AddHours(1), new Sales("EUR", Orders: 12, Items: 31, Revenue: 387.50m, Cancellations: 1), Revision: 0, IsFinal: false),
        LateEventView.Of(LateEvent.Late<SalesPerHour>(
            4711, "", "tea", Hour.AddHours(-2), Hour.AddHours(-1), at: Hour.AddHours(-1).AddMinutes(-3), watermark: Hour.AddMinutes(42))),
    ];
}
