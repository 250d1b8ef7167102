using Monolith.Contracts.Insights;
using Monolith.Kernel.Folding;

namespace Monolith.Insights.Alerts;

/// <summary>What a processor would tell people.</summary>
/// <param name="Place">Its place among the candidates of the processor.</param>
/// <param name="Sequence">The event that brought it about.</param>
internal sealed record Candidate(
    string Place, long Sequence, string Alert, string Rule, string Processor, string Key, bool IsRaised, string Summary, DateTimeOffset WindowStart,
    DateTimeOffset WindowEnd, DateTimeOffset At);

/// <summary>Up to where the candidates of a processor have been looked at.</summary>
/// <param name="Id">The processor.</param>
/// <param name="Place">The last one that was looked at in this generation of the processor.</param>
/// <param name="Through">
/// All candidates of events up to this one have been looked at, in this generation or in one before. What turns up there later is of long ago, and nobody is
/// woken for it.
/// </param>
/// <param name="Generation">Another generation of the projection may have other candidates, so it is looked at from the beginning.</param>
/// <param name="IsComplete">
/// Whether all candidates of this generation have been looked at once, up to where the ones before had come: of a rebuild in place, there are few for a while.
/// </param>
public sealed record AlertCursor(string Id, string Place, long Through, int Generation, bool IsComplete)
{
    /// <summary>A processor that is new here: what the log already has is of long ago.</summary>
    internal static AlertCursor New(string processor, long head, int generation) => new(processor, Place: "", head, generation, IsComplete: false);

    internal AlertCursor In(int generation) => Generation == generation ? this : this with { Place = "", Generation = generation, IsComplete = false };

    /// <param name="seen">Looked at now, in their order.</param>
    /// <param name="position">That of the processor before they were read, if that was all of them.</param>
    internal AlertCursor After(IReadOnlyList<Candidate> seen, long? position) => this with
    {
        Place = seen is [.., var last] ? last.Place : Place,
        Through = Math.Max(Through, position ?? 0),
        IsComplete = IsComplete || position >= Through,
    };

    internal bool IsOfLongAgo(Candidate candidate) => candidate.Sequence <= Through;
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

    /// <summary>An alert that is not over and that a new generation did not raise: nothing will ever clear it.</summary>
    public static AlertCleared Withdraw(Alert alert, DateTimeOffset now) =>
        new(alert.PublicId, alert.Rule, alert.Key, "It is not raised any more, as it is computed now.", IsRetroactive: true, now);

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
                // Who was not told of the one is not told of the other.
                (false, { ClearedAt: null }) => new AlertCleared(
                    candidate.Alert, candidate.Rule, candidate.Key, candidate.Summary, alert.IsRetroactive || cursor.IsOfLongAgo(candidate), candidate.At),
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
