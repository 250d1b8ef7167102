using System.Security.Cryptography;
using System.Text;

namespace Monolith.Insights.Streaming.Alerting;

/// <summary>Folds windows into alerts, in the order in which they change or become final.</summary>
/// <param name="advance">From the start of one window to that of the next, by which a row of windows is known to have no gap.</param>
/// <param name="loaded">How the rules stood for the keys of the page before it.</param>
internal sealed class AlertFold<TProcessor, TState>(
    IReadOnlyList<AlertRule<TState>> rules, TimeSpan? advance, IEnumerable<AlertWatch<TProcessor>> loaded)
    where TState : class
{
    private readonly Dictionary<string, AlertWatch<TProcessor>> watches = loaded.ToDictionary(w => w.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, AlertWatch<TProcessor>> changed = new(StringComparer.Ordinal);
    private readonly List<AlertCandidate<TProcessor>> candidates = [];
    private (long Sequence, int Count) last;

    public IReadOnlyCollection<AlertWatch<TProcessor>> Changed => changed.Values;

    public IReadOnlyList<AlertCandidate<TProcessor>> Candidates => candidates;

    public static string WatchOf(AlertRule<TState> rule, string key, string part) => $"{rule.Name}/{key}/{part}";

    /// <param name="at">The watermark.</param>
    public void Look(Window<TProcessor, TState> window, Standing standing, long sequence, DateTimeOffset at)
    {
        foreach (var rule in rules.Where(r => r.LooksAt == standing))
        {
            var id = WatchOf(rule, window.Key, window.Part);
            var before = watches.GetValueOrDefault(id) ?? new AlertWatch<TProcessor>(id, Streak: 0, LastStart: null, Raised: null);
            var after = After(rule, before, window, sequence);
            if (after == before)
            {
                continue;
            }

            watches[id] = changed[id] = after;
            if (after.Raised != before.Raised)
            {
                var (alert, change) = after.Raised is { } raised ? (raised, AlertChange.Raised) : (before.Raised!, AlertChange.Cleared);
                candidates.Add(new AlertCandidate<TProcessor>(
                    PlaceAt(sequence), sequence, alert, rule.Name, window.Key, change, rule.Says(window.State), window.Start, window.End, at));
            }
        }
    }

    /// <summary>One event may bring about several candidates, even a raise and its clear.</summary>
    private string PlaceAt(long sequence)
    {
        last = last.Sequence == sequence ? (sequence, last.Count + 1) : (sequence, 0);
        return $"{sequence:D19}/{last.Count:D6}";
    }

    private AlertWatch<TProcessor> After(AlertRule<TState> rule, AlertWatch<TProcessor> watch, Window<TProcessor, TState> window, long sequence)
    {
        if (watch.Raised is not null)
        {
            return rule.Clear(window.State) ? watch with { Streak = 0, LastStart = null, Raised = null } : watch;
        }

        var follows = advance is null || watch.LastStart + advance == window.Start;
        var streak = !rule.Raise(window.State) ? 0 : follows ? watch.Streak + 1 : 1;
        return streak < rule.For
            ? watch with { Streak = streak, LastStart = streak == 0 ? null : window.Start }
            // A window that becomes final does so once; one that changes may raise several alerts in its time.
            : watch with { Streak = 0, LastStart = null, Raised = AlertId(rule.Name, rule.LooksAt == Standing.Final ? window.Id : $"{window.Id}@{sequence}") };
    }

    /// <summary>The same in every replay.</summary>
    private static string AlertId(string rule, string occasion) =>
        $"{rule}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{rule}/{occasion}")).AsSpan(0, 8))}";
}
