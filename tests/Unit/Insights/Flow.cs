using System.Text.Json;
using JasperFx.Events;
using Monolith.Contracts.Insights;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Alerting;
using Monolith.Unit.Ordering;

namespace Monolith.Unit.Insights;

/// <summary>A processor with dictionaries for tables: each page sees only what was stored before it and what it asks for.</summary>
internal sealed class Flow<TProcessor, TState>
    where TProcessor : Processor<TProcessor, TState>, new()
    where TState : class
{
    private readonly Topology<TState> topology = new TProcessor().Topology;
    private readonly SortedDictionary<string, Window<TProcessor, TState>> windows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> rows = [];
    private readonly Dictionary<string, object> beginnings = [];
    private readonly List<LateEvent<TProcessor>> late = [];
    private readonly SortedDictionary<string, AlertWatch<TProcessor>> watches = new(StringComparer.Ordinal);
    private readonly List<AlertCandidate<TProcessor>> candidates = [];

    public StreamTime<TProcessor> Time { get; private set; } = StreamTime.Beginning<TProcessor>();

    public IReadOnlyCollection<Window<TProcessor, TState>> Windows => windows.Values;

    public IReadOnlyList<LateEvent<TProcessor>> Late => late;

    public IReadOnlyList<AlertCandidate<TProcessor>> Candidates => [.. candidates.OrderBy(c => c.Id, StringComparer.Ordinal)];

    /// <summary>Everything that is stored, as it is stored.</summary>
    public string Stored => JsonSerializer.Serialize(new { Windows, Late, Time, watches.Values, Candidates, Rows = rows.OrderBy(r => r.Key, StringComparer.Ordinal) });

    public static Flow<TProcessor, TState> Of(IEnumerable<IEvent[]> pages)
    {
        var flow = new Flow<TProcessor, TState>();
        foreach (var page in pages)
        {
            flow.Read(page);
        }

        return flow;
    }

    public void Read(params IReadOnlyList<IEvent> page)
    {
        foreach (var first in page.Where(e => e.Version == 1))
        {
            beginnings[first.StreamKey!] = first.Data;
        }

        var arrivals = new Arrivals<TState>(topology, new Dictionary<string, object>(rows), beginnings);
        var arrived = arrivals.Of(page);
        var alerts = new AlertFold<TProcessor, TState>(topology.Alerts, topology.Windows.Advance, watches.Values);
        var fold = new WindowFold<TProcessor, TState>(
            topology, Time, arrived.Count == 0 ? [] : Loaded(WindowsNeeded.By(arrived, topology.Windows)), alerts);
        fold.AddAll(arrived);

        foreach (var watch in alerts.Changed)
        {
            watches[watch.Id] = watch;
        }

        candidates.AddRange(alerts.Candidates);

        foreach (var (key, row) in arrivals.Changed)
        {
            rows[key] = row;
        }

        foreach (var id in fold.Removed)
        {
            windows.Remove(id);
        }

        foreach (var window in fold.Changed)
        {
            windows[window.Id] = window;
        }

        late.AddRange(fold.Late);
        Time = fold.Time;
    }

    private IReadOnlyList<Window<TProcessor, TState>> Loaded(WindowsNeeded needed) =>
        [.. windows.Values.Where(w => needed.Ids.Contains(w.Id) || (!w.IsFinal && (w.Closes <= needed.Latest || needed.Keys.Contains(w.Key))))];
}

/// <summary>A log for processors, in which every event is recorded when it happens unless something else is said.</summary>
internal sealed class Log
{
    private readonly List<IEvent> events = [];
    private readonly Dictionary<string, long> versions = [];

    public IReadOnlyList<IEvent> Events => events;

    public IEvent Add(string stream, object e, DateTimeOffset recorded)
    {
        versions[stream] = versions.GetValueOrDefault(stream) + 1;
        var added = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(e.GetType()), e)!;
        (added.Sequence, added.StreamKey, added.Version, added.Timestamp) = (events.Count + 1, stream, versions[stream], recorded);
        events.Add(added);
        return added;
    }

    public IEvent Placed(string id, DateTimeOffset at, string customer = "anna", string sku = "TEA", int quantity = 1, DateTimeOffset? recorded = null) =>
        Add(id, Given.Placed(id, customer, sku, quantity, at), recorded ?? at);

    public IEvent TimeAdvanced(DateTimeOffset at) => Add("clock", new TimeAdvanced(at), at);

    /// <summary>The log, cut at some places.</summary>
    public IEnumerable<IEvent[]> Pages(params int[] lengths)
    {
        for (int from = 0, n = 0; from < events.Count; from += lengths[n++ % lengths.Length])
        {
            yield return [.. events.Skip(from).Take(lengths[n % lengths.Length])];
        }
    }
}
