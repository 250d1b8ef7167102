namespace Monolith.Contracts.Insights;

/// <summary>People are to know of something. Recorded once for each occasion, however often it is computed.</summary>
/// <param name="Rule">What has raised it.</param>
/// <param name="Processor">In whose windows.</param>
/// <param name="Key">That of the window.</param>
/// <param name="Summary">What people read.</param>
/// <param name="WindowStart">Of the window that has raised it.</param>
/// <param name="IsRetroactive">It was found when what has long passed was computed again; nobody is told by themselves.</param>
/// <param name="RaisedAt">In event time.</param>
public sealed record AlertRaised(
    string AlertId, string Rule, string Processor, string Key, string Summary, DateTimeOffset WindowStart, DateTimeOffset WindowEnd, bool IsRetroactive,
    DateTimeOffset RaisedAt);

/// <summary>It is over.</summary>
/// <param name="IsRetroactive">As in <see cref="AlertRaised"/>.</param>
/// <param name="ClearedAt">In event time.</param>
public sealed record AlertCleared(string AlertId, string Rule, string Key, string Summary, bool IsRetroactive, DateTimeOffset ClearedAt);

/// <summary>Somebody looks after it.</summary>
/// <param name="By">The <c>sub</c> of who does.</param>
public sealed record AlertAcknowledged(string AlertId, string By, string Note, DateTimeOffset AcknowledgedAt);
