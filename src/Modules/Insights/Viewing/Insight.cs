using JasperFx.Events.Projections;
using Marten;
using Monolith.Insights.Alerts;
using Monolith.Insights.Streaming;
using Monolith.Insights.Streaming.Alerting;
using Monolith.Insights.Streaming.Windowing;
using Monolith.Kernel.Paging;

namespace Monolith.Insights.Viewing;

internal sealed class Insight<TProcessor, TState> : IInsight
    where TProcessor : Processor<TProcessor, TState>, new()
    where TState : class
{
    private const string Schema = "insights";

    private readonly TProcessor processor = new();

    public string Name => processor.Name;

    public string Kind => processor.Topology.Kind ?? Windows.Kind;

    public IWindowing Windows => processor.Topology.Windows;

    public TimeSpan Grace => processor.Topology.Grace;

    public void Register(StoreOptions options)
    {
        var alias = Name.Replace('-', '_');
        options.Projections.Add(new TProcessor(), ProjectionLifecycle.Async);
        options.Schema.For<Window<TProcessor, TState>>().DatabaseSchemaName(Schema).DocumentAlias($"{alias}_window")
            .Duplicate(w => w.Closes)
            .Index(w => new { w.Key, w.Id });
        if (Windows.Merges)
        {
            options.Schema.For<Window<TProcessor, TState>>().Index(w => w.Key, open => open.Predicate = "closes is not null");
        }

        options.Schema.For<StreamTime<TProcessor>>().DatabaseSchemaName(Schema).DocumentAlias($"{alias}_time");
        options.Schema.For<LateEvent<TProcessor>>().DatabaseSchemaName(Schema).DocumentAlias($"{alias}_late");
        if (HasAlerts)
        {
            options.Schema.For<AlertWatch<TProcessor>>().DatabaseSchemaName(Schema).DocumentAlias($"{alias}_watch");
            options.Schema.For<AlertCandidate<TProcessor>>().DatabaseSchemaName(Schema).DocumentAlias($"{alias}_candidate").Index(c => c.Alert);
        }
    }

    public async Task<EventTime> Time(IQuerySession session, CancellationToken cancellation) =>
        await session.LoadAsync<StreamTime<TProcessor>>(StreamTime.Only, cancellation) is { } time
            ? new EventTime(time.Watermark, time.Late, time.Clamped)
            : new EventTime(Watermark: null, 0, 0);

    public async Task<DateTimeOffset?> NextClosing(IQuerySession session, CancellationToken cancellation) =>
        (await session.Query<Window<TProcessor, TState>>().Where(w => w.Closes != null).OrderBy(w => w.Closes).FirstOrDefaultAsync(cancellation))?.Closes;

    public async Task<Page<WindowView>> Page(IQuerySession session, CollectionQuery query, WindowFilter filter, CancellationToken cancellation)
    {
        // The id begins with the start, so it is the whole sort key.
        IQueryable<Window<TProcessor, TState>> windows = session.Query<Window<TProcessor, TState>>();
        windows = filter.Key is { } key ? windows.Where(w => w.Key == key) : windows;
        windows = filter.From is { } from && WindowId.At(from) is var first ? windows.Where(w => w.Id.CompareTo(first) >= 0) : windows;
        windows = filter.To is { } to && WindowId.At(to) is var end ? windows.Where(w => w.Id.CompareTo(end) < 0) : windows;
        windows = query.After is { Id: var after } ? windows.Where(w => w.Id.CompareTo(after) < 0) : windows;

        var found = await windows.OrderByDescending(w => w.Id).Take(query.Limit + 1).ToListAsync(cancellation);
        var page = Kernel.Paging.Page.Of(found, query.Limit, w => Cursor.Of(w.Id));
        return new Page<WindowView>([.. page.Items.Select(ViewOf)], page.Next);
    }

    public async Task<Page<LateEventView>> Late(IQuerySession session, CollectionQuery query, CancellationToken cancellation)
    {
        IQueryable<LateEvent<TProcessor>> late = session.Query<LateEvent<TProcessor>>();
        late = query.After is { Id: var after } ? late.Where(e => e.Id.CompareTo(after) < 0) : late;

        var found = await late.OrderByDescending(e => e.Id).Take(query.Limit + 1).ToListAsync(cancellation);
        var page = Kernel.Paging.Page.Of(found, query.Limit, e => Cursor.Of(e.Id));
        return new Page<LateEventView>([.. page.Items.Select(LateEventView.Of)], page.Next);
    }

    public bool HasAlerts => processor.Topology.Alerts.Count > 0;

    public async Task<IReadOnlyList<Candidate>> Candidates(IQuerySession session, string after, int limit, CancellationToken cancellation)
    {
        var found = await session.Query<AlertCandidate<TProcessor>>()
            .Where(c => c.Id.CompareTo(after) > 0).OrderBy(c => c.Id).Take(limit).ToListAsync(cancellation);
        return [.. found.Select(c => new Candidate(c.Id, c.Sequence, c.Alert, c.Rule, Name, c.Key, c.Change == AlertChange.Raised, c.Summary, c.Start, c.End, c.At))];
    }

    public async Task<IReadOnlySet<string>> Raised(IQuerySession session, string[] alerts, CancellationToken cancellation) =>
        (await session.Query<AlertCandidate<TProcessor>>().Where(c => c.Alert.IsOneOf(alerts) && c.Change == AlertChange.Raised)
            .Select(c => c.Alert).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);

    private WindowView ViewOf(Window<TProcessor, TState> window) => new(
        window.Key, window.Start, window.End,
        processor.Topology.Output(window.State, window.IsFinal ? Standing.Final : Standing.Open),
        window.Revision, window.IsFinal);
}
