using Monolith.Contracts.Insights;
using Monolith.Kernel.Folding;

namespace Monolith.Insights.Alerts;

public enum AlertState
{
    Open,
    Acknowledged,
    Cleared,
}

/// <summary>An alert as the ledger has it: for ever, whatever a replay computes.</summary>
/// <param name="Id">The key of its stream, see <see cref="StreamOf"/>.</param>
public sealed record Alert(
    string Id, string Rule, string Processor, string Key, string Summary, AlertState State, bool IsRetroactive,
    DateTimeOffset WindowStart, DateTimeOffset WindowEnd, DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt,
    DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, string? Note, long EventsFolded) : IFolded<Alert>
{
    public string PublicId => Id[Prefix.Length..];

    private const string Prefix = "alert-";

    /// <summary>Its events and their stored names, which are for ever.</summary>
    public static IReadOnlyDictionary<Type, string> Events { get; } = new Dictionary<Type, string>
    {
        [typeof(AlertRaised)] = "insights.AlertRaised",
        [typeof(AlertCleared)] = "insights.AlertCleared",
        [typeof(AlertAcknowledged)] = "insights.AlertAcknowledged",
    };

    public static string StreamOf(string alertId) => Prefix + alertId;

    public static Alert? Fold(Alert? alert, object e) => (alert, e) switch
    {
        (_, AlertRaised r) => new Alert(
            StreamOf(r.AlertId), r.Rule, r.Processor, r.Key, r.Summary, AlertState.Open, r.IsRetroactive, r.WindowStart, r.WindowEnd, r.RaisedAt,
            ClearedAt: null, AcknowledgedAt: null, AcknowledgedBy: null, Note: null, (alert?.EventsFolded ?? 0) + 1),
        (null, _) => null,
        (_, AlertCleared c) => alert with { State = AlertState.Cleared, ClearedAt = c.ClearedAt, EventsFolded = alert.EventsFolded + 1 },
        (_, AlertAcknowledged a) => alert with
        {
            State = alert.State == AlertState.Open ? AlertState.Acknowledged : alert.State,
            AcknowledgedAt = a.AcknowledgedAt,
            AcknowledgedBy = a.By,
            Note = a.Note,
            EventsFolded = alert.EventsFolded + 1,
        },
        _ => alert with { EventsFolded = alert.EventsFolded + 1 },
    };
}

public sealed class AlertProjection() : FoldProjection<Alert>(ProjectionName, Alert.Events.Keys)
{
    public const string ProjectionName = "Alert";
}
