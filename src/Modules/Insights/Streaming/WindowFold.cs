using JasperFx.Events.Daemon;
using Monolith.Insights.Streaming.Alerting;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Streaming;

/// <summary>
/// Folds arrivals into windows, one after the other in the order of the log: where the log is cut into pages makes no difference. The watermark is
/// the latest event time so far; what is late is judged by where it stood before the event. Windows that overlap become one where their
/// kind says so, after the Dataflow model (Akidau et al., 2015).
/// </summary>
/// <param name="loaded">The windows as they were stored: all that the arrivals may touch, and all open ones that may close.</param>
/// <param name="alerts">Is shown every window that changes or becomes final.</param>
internal sealed class WindowFold<TProcessor, TState>(
    Topology<TState> topology, StreamTime<TProcessor> time, IEnumerable<Window<TProcessor, TState>> loaded,
    AlertFold<TProcessor, TState> alerts)
    where TState : class
{
    private static readonly Comparer<(DateTimeOffset At, string Id)> InOrder = Comparer<(DateTimeOffset At, string Id)>.Create(
        (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Id, b.Id));

    private readonly PageOfWindows<TProcessor, TState> windows = new(loaded, topology.Windows);
    private readonly PriorityQueue<string, (DateTimeOffset At, string Id)> closing = new(InOrder);
    private readonly List<LateEvent<TProcessor>> late = [];

    public StreamTime<TProcessor> Time { get; private set; } = time;

    public IReadOnlyList<LateEvent<TProcessor>> Late => late;

    public IReadOnlyCollection<Window<TProcessor, TState>> Changed => windows.Changed;

    /// <summary>Stored windows that have become part of others.</summary>
    public IReadOnlyCollection<string> Removed => windows.Removed;

    /// <exception cref="ApplyEventException">Names the event that could not be folded.</exception>
    public void AddAll(IEnumerable<Arrival<TState>> arrivals)
    {
        closing.EnqueueRange(windows.All.Where(w => !w.IsFinal).Select(w => (w.Id, (w.Closes!.Value, w.Id))));
        foreach (var arrival in arrivals)
        {
            Culprit.Named(arrival.Event, () => Add(arrival));
        }
    }

    private StreamTime<TProcessor> Add(Arrival<TState> arrival)
    {
        foreach (var share in arrival.Shares)
        {
            foreach (var window in topology.Windows.Assign(arrival.At, arrival.Side))
            {
                Add(share, window, arrival);
            }
        }

        if (arrival.IsOfTheFuture)
        {
            late.Add(LateEvent.OfTheFuture<TProcessor>(arrival.Event.Sequence, arrival.Claimed, arrival.At));
            Time = Time with { Clamped = Time.Clamped + 1 };
        }

        Time = Time.At(arrival.At);
        Close(arrival.Event.Sequence);
        return Time;
    }

    private void Add(Share<TState> share, TimeWindow assigned, Arrival<TState> arrival)
    {
        var met = windows.Met(share.Key, share.Part, assigned);
        var whole = met.Aggregate(assigned, (window, other) => topology.Windows.Cover(window, other.Span));
        var id = WindowId.Of(whole, share.Key, share.Part);
        var closes = whole.End + topology.Grace;
        if (closes <= Time.Watermark || windows.IsFinal(id))
        {
            late.Add(LateEvent.Late<TProcessor>(arrival.Event.Sequence, id, share.Key, whole.Start, whole.End, arrival.Claimed, Time.Watermark!.Value));
            Time = Time with { Late = Time.Late + 1 };
            return;
        }

        var isCorrection = met.Select(w => w.End).DefaultIfEmpty(assigned.End).Min() <= Time.Watermark;
        var window = new Window<TProcessor, TState>(
            id, share.Key, share.Part, whole.Start, whole.End, closes,
            met.Select(w => w.State).Append(share.State).Aggregate(topology.Merge),
            met.Sum(w => w.Revision) + (isCorrection ? 1 : 0));
        Put(met, window);
        alerts.Look(window, Standing.Open, arrival.Event.Sequence, Time.At(arrival.At).Watermark!.Value);
    }

    private void Put(IReadOnlyList<Window<TProcessor, TState>> parts, Window<TProcessor, TState> whole)
    {
        windows.Replace(parts, whole);
        closing.Enqueue(whole.Id, (whole.Closes!.Value, whole.Id));
    }

    /// <summary>Those that are due, in the order in which they are.</summary>
    private void Close(long sequence)
    {
        while (closing.TryPeek(out var id, out var due) && due.At <= Time.Watermark)
        {
            closing.Dequeue();
            // It may have grown since, or become part of another one.
            if (windows.Find(id) is { IsFinal: false } window && window.Closes == due.At)
            {
                windows.Replace([window], window with { Closes = null });
                alerts.Look(window, Standing.Final, sequence, Time.Watermark!.Value);
                CarryOver(window);
            }
        }
    }

    private void CarryOver(Window<TProcessor, TState> window)
    {
        if (topology.Carry is not { } carry || carry.Share(window.State) is not { } share)
        {
            return;
        }

        var span = new TimeWindow(window.Start + carry.By, window.End + carry.By);
        var met = windows.Met(window.Key, window.Part, span);
        Put(met, new Window<TProcessor, TState>(
            WindowId.Of(span, window.Key, window.Part), window.Key, window.Part, span.Start, span.End, span.End + topology.Grace,
            met.Select(w => w.State).Append(share).Aggregate(topology.Merge), met.Sum(w => w.Revision)));
    }
}
