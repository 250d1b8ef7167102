using Monolith.Contracts.Insights;
using Monolith.Kernel.Folding;

namespace Monolith.Insights.Alerts;

/// <summary>What a processor would tell people.</summary>
/// <param name="Place">Its place among the candidates of the processor: the sequence of the event that brought it about, and its name.</param>
internal sealed record Candidate(
    string Place, string Alert, string Rule, string Processor, string Key, bool IsRaised, string Summary, DateTimeOffset WindowStart,
    DateTimeOffset WindowEnd, DateTimeOffset At);

/// <summary>Up to where the candidates of a processor have been looked at.</summary>
/// <param name="Id">The processor.</param>
/// <param name="Place">The last one that was looked at in this generation of the processor.</param>
/// <param name="Told">The last one that was looked at in any. What turns up before it is of long ago, and nobody is woken for that.</param>
/// <param name="Generation">Another generation of the projection may have other candidates, so it is looked at from the beginning.</param>
public sealed record AlertCursor(string Id, string Place, string Told, int Generation)
{
    /// <summary>A processor that is new here: what the log already has is of long ago.</summary>
    internal static AlertCursor New(string processor, long head, int generation) => new(processor, Place: "", Told: PlaceOf(head + 1), generation);

    /// <summary>Before all candidates that an event has brought about.</summary>
    internal static string PlaceOf(long sequence) => $"{sequence:D19}";

    internal AlertCursor In(int generation) => Generation == generation ? this : this with { Place = "", Generation = generation };

    internal AlertCursor After(string place) => this with { Place = place, Told = string.CompareOrdinal(place, Told) > 0 ? place : Told };

    internal bool IsOfLongAgo(Candidate candidate) => string.CompareOrdinal(candidate.Place, Told) <= 0;
}

/// <summary>Decides which candidates get into the ledger. What is in it stays, and nobody is told of it a second time.</summary>
internal static class AlertLedger
{
    /// <param name="candidates">In their order.</param>
    /// <param name="known">The alerts as the ledger has them, by their ids.</param>
    /// <returns>What is to be recorded, by alert; nothing for those that the ledger has already.</returns>
    public static IReadOnlyList<(string Alert, IReadOnlyList<object> Events)> Decide(
        IEnumerable<Candidate> candidates, IReadOnlyDictionary<string, Alert> known, AlertCursor cursor) =>
    [
        .. candidates.GroupBy(c => c.Alert)
            .Select(alert => (alert.Key, Events: Record(alert, known.GetValueOrDefault(alert.Key), cursor)))
            .Where(alert => alert.Events.Count > 0),
    ];

    private static List<object> Record(IEnumerable<Candidate> candidates, Alert? alert, AlertCursor cursor)
    {
        var events = new List<object>();
        foreach (var candidate in candidates)
        {
            object? e = (candidate.IsRaised, alert) switch
            {
                (true, null) => new AlertRaised(
                    candidate.Alert, candidate.Rule, candidate.Processor, candidate.Key, candidate.Summary, candidate.WindowStart, candidate.WindowEnd,
                    cursor.IsOfLongAgo(candidate), candidate.At),
                (false, { ClearedAt: null }) => new AlertCleared(
                    candidate.Alert, candidate.Rule, candidate.Key, candidate.Summary, cursor.IsOfLongAgo(candidate), candidate.At),
                _ => null,
            };
            if (e is not null)
            {
                events.Add(e);
                alert = Folded.After(alert, [e]);
            }
        }

        return events;
    }
}
