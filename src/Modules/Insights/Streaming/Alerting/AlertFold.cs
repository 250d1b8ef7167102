using System.Security.Cryptography;
using System.Text;

namespace Monolith.Insights.Streaming.Alerting;

/// <summary>Folds windows into alerts, in the order in which they change or become final.</summary>
/// <param name="loaded">How the rules stood for the keys of the page before it.</param>
internal sealed class AlertFold<TProcessor, TState>(IReadOnlyList<AlertRule<TState>> rules, IEnumerable<AlertWatch<TProcessor>> loaded)
    where TState : class
{
    private readonly Dictionary<string, AlertWatch<TProcessor>> watches = loaded.ToDictionary(w => w.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, AlertWatch<TProcessor>> changed = new(StringComparer.Ordinal);
    private readonly List<AlertCandidate<TProcessor>> candidates = [];

    public IReadOnlyCollection<AlertWatch<TProcessor>> Changed => changed.Values;

    public IReadOnlyList<AlertCandidate<TProcessor>> Candidates => candidates;

    public static string WatchOf(AlertRule<TState> rule, string key, string part) => $"{rule.Name}/{key}/{part}";

    /// <param name="at">The watermark.</param>
    public void Look(Window<TProcessor, TState> window, Standing standing, long sequence, DateTimeOffset at)
    {
        foreach (var rule in rules.Where(r => r.LooksAt == standing))
        {
            var id = WatchOf(rule, window.Key, window.Part);
            var before = watches.GetValueOrDefault(id) ?? new AlertWatch<TProcessor>(id, Streak: 0, Raised: null);
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
                    $"{sequence:D19}/{alert}/{change}", alert, rule.Name, window.Key, change, rule.Says(window.State), window.Start, window.End, at));
            }
        }
    }

    private static AlertWatch<TProcessor> After(AlertRule<TState> rule, AlertWatch<TProcessor> watch, Window<TProcessor, TState> window, long sequence)
    {
        if (watch.Raised is not null)
        {
            return rule.Clear(window.State) ? watch with { Streak = 0, Raised = null } : watch;
        }

        var streak = rule.Raise(window.State) ? watch.Streak + 1 : 0;
        return streak < rule.For
            ? watch with { Streak = streak }
            // A window that becomes final does so once; one that changes may raise several alerts in its time.
            : watch with { Streak = 0, Raised = AlertId(rule.Name, rule.LooksAt == Standing.Final ? window.Id : $"{window.Id}@{sequence}") };
    }

    /// <summary>The same in every replay.</summary>
    private static string AlertId(string rule, string occasion) =>
        $"{rule}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{rule}/{occasion}")).AsSpan(0, 8))}";
}
