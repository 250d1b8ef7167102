using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Archiving;
using Marten.Events.Projections;
using Monolith.Contracts.Insights;
using Monolith.Insights.Streaming.Alerting;
using Monolith.Kernel.Folding;

namespace Monolith.Insights.Streaming;

/// <summary>
/// Runs a <see cref="Topology{TState}"/> as an asynchronous projection: what a page needs is loaded, the page is folded event by event, and what has
/// changed is written with the progress in one transaction.
/// </summary>
/// <typeparam name="TSelf">The processor itself, which gives its documents tables of their own.</typeparam>
/// <typeparam name="TState">What a window holds.</typeparam>
public abstract class Processor<TSelf, TState> : ProjectionBase, IProjection, IHandlesPoison
    where TSelf : Processor<TSelf, TState>
    where TState : class
{
    private protected Processor(string name, Topology<TState> topology)
    {
        (Name, Topology) = (name, topology);
        if (topology.Carry is { } carry && carry.By <= topology.Windows.Size + topology.Grace)
        {
            throw new InvalidOperationException($"{name} carries something into a window that may exist already.");
        }

        // What is archived still counts: a rebuild must not lose it, nor a processor that was behind when it was archived.
        IncludeArchivedEvents = true;
        IncludeType<TimeAdvanced>();
        foreach (var type in topology.Sources.Keys.Concat(topology.Table is { } joined ? [joined.Event] : []).Distinct())
        {
            IncludeType(type);
        }

        foreach (var document in Documents)
        {
            Options.DeleteViewTypeOnTeardown(document);
        }
    }

    /// <summary>Which windows there are depends on every event, so none is left out.</summary>
    public PoisonPolicy Poison => PoisonPolicy.Stop;

    internal Topology<TState> Topology { get; }

    private IEnumerable<Type> Documents =>
    [
        typeof(Window<TSelf, TState>), typeof(StreamTime<TSelf>), typeof(LateEvent<TSelf>),
        .. Topology.Table is { } table ? [table.Row] : Type.EmptyTypes,
        .. Topology.Alerts.Count > 0 ? [typeof(AlertWatch<TSelf>), typeof(AlertCandidate<TSelf>)] : Type.EmptyTypes,
    ];

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var arrivals = new Arrivals<TState>(Topology, await Rows(operations, events, cancellation), await Beginnings(operations, events, cancellation));
        var arrived = arrivals.Of(events);
        Topology.Table?.Store(operations, arrivals.Changed.Values);
        if (arrived.Count == 0)
        {
            return;
        }

        var (time, windows) = await Before(operations, arrived, cancellation);
        var alerts = new AlertFold<TSelf, TState>(Topology.Alerts, Topology.Windows.Advance, await Watches(operations, arrived, windows, cancellation));
        var fold = new WindowFold<TSelf, TState>(Topology, time, windows, alerts);
        fold.AddAll(arrived);

        operations.Store<Window<TSelf, TState>>([.. fold.Changed]);
        operations.Store<LateEvent<TSelf>>([.. fold.Late]);
        if (Topology.Alerts.Count > 0)
        {
            operations.Store<AlertWatch<TSelf>>([.. alerts.Changed]);
            operations.Store<AlertCandidate<TSelf>>([.. alerts.Candidates]);
        }

        foreach (var id in fold.Removed)
        {
            operations.Delete<Window<TSelf, TState>>(id);
        }

        if (fold.Time != time)
        {
            operations.Store(fold.Time);
        }
    }

    private async Task<Dictionary<string, object>> Rows(IQuerySession session, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        string[] keys = [.. events.SelectMany(e => Culprit.Named(e, () => Topology.Sources.GetValueOrDefault(e.EventType)?.Keys(e.Data).ToList() ?? [])).Distinct()];
        return Topology.Table is { } table && keys.Length > 0 ? await table.Load(session, keys, cancellation) : [];
    }

    /// <summary>The log itself is the table: the first event of a stream is there before every other one, and never changes.</summary>
    private async Task<Dictionary<string, object>> Beginnings(IQuerySession session, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var streams = events.Where(e => Topology.Sources.TryGetValue(e.EventType, out var source) && source.NeedsBeginning)
            .Select(e => e.StreamKey!).Distinct().ToList();
        var found = events.Where(e => e.Version == 1).ToDictionary(e => e.StreamKey!, e => e.Data, StringComparer.Ordinal);
        var missing = streams.Where(s => !found.ContainsKey(s)).ToList();
        if (missing.Count > 0)
        {
            var before = await session.Events.QueryAllRawEvents()
                .Where(e => e.StreamKey!.IsOneOf(missing) && e.Version == 1 && e.MaybeArchived()).ToListAsync(cancellation);
            foreach (var e in before)
            {
                found[e.StreamKey!] = e.Data;
            }
        }

        return found;
    }

    /// <summary>How things stood before the page, in one round trip.</summary>
    private async Task<(StreamTime<TSelf> Time, IReadOnlyList<Window<TSelf, TState>> Windows)> Before(
        IQuerySession session, IReadOnlyList<Arrival<TState>> arrivals, CancellationToken cancellation)
    {
        var needed = WindowsNeeded.By(arrivals, Topology.Windows);
        var batch = session.CreateBatchQuery();
        var time = batch.Load<StreamTime<TSelf>>(StreamTime.Only);
        var touched = batch.LoadMany<Window<TSelf, TState>>().ById(needed.Ids);
        var due = batch.Query<Window<TSelf, TState>>().Where(w => w.Closes <= needed.Latest).ToList();
        var neighbours = needed.Keys.Length > 0
            ? batch.Query<Window<TSelf, TState>>().Where(w => w.Key.IsOneOf(needed.Keys) && w.Closes != null).ToList()
            : Task.FromResult<IReadOnlyList<Window<TSelf, TState>>>([]);
        await batch.Execute(cancellation);
        Window<TSelf, TState>[] windows = [.. await touched, .. await due, .. await neighbours];
        return (await time ?? StreamTime.Beginning<TSelf>(), [.. windows.DistinctBy(w => w.Id)]);
    }

    private async Task<IReadOnlyList<AlertWatch<TSelf>>> Watches(
        IQuerySession session, IReadOnlyList<Arrival<TState>> arrivals, IReadOnlyList<Window<TSelf, TState>> windows, CancellationToken cancellation)
    {
        var keys = arrivals.SelectMany(a => a.Shares.Select(s => (s.Key, s.Part))).Concat(windows.Select(w => (w.Key, w.Part))).Distinct();
        string[] ids = [.. keys.SelectMany(k => Topology.Alerts.Select(rule => AlertFold<TSelf, TState>.WatchOf(rule, k.Key, k.Part)))];
        return ids.Length > 0 ? await session.LoadManyAsync<AlertWatch<TSelf>>(cancellation, ids) : [];
    }
}
