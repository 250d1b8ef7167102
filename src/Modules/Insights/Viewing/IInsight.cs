using Marten;
using Monolith.Insights.Alerts;
using Monolith.Insights.Streaming.Windowing;
using Monolith.Kernel.Paging;

namespace Monolith.Insights.Viewing;

/// <summary>A processor, as those see it who register and read it: without its types.</summary>
internal interface IInsight
{
    /// <summary>That of its projection.</summary>
    string Name { get; }

    string Kind { get; }

    IWindowing Windows { get; }

    TimeSpan Grace { get; }

    void Register(StoreOptions options);

    Task<EventTime> Time(IQuerySession session, CancellationToken cancellation);

    /// <summary>When the next of its open windows becomes final, null when none is open.</summary>
    Task<DateTimeOffset?> NextClosing(IQuerySession session, CancellationToken cancellation);

    /// <summary>Its windows, those that start last first.</summary>
    Task<Page<WindowView>> Page(IQuerySession session, CollectionQuery query, WindowFilter filter, CancellationToken cancellation);

    /// <summary>Whether it may have something to tell people.</summary>
    bool HasAlerts { get; }

    /// <summary>What it would tell, in order, after a place in it.</summary>
    Task<IReadOnlyList<Candidate>> Candidates(IQuerySession session, string after, int limit, CancellationToken cancellation);

    /// <summary>Which of these alerts it has raised.</summary>
    Task<IReadOnlySet<string>> Raised(IQuerySession session, string[] alerts, CancellationToken cancellation);

    /// <summary>The events whose time did not fit, the latest of the log first.</summary>
    Task<Page<LateEventView>> Late(IQuerySession session, CollectionQuery query, CancellationToken cancellation);
}

/// <inheritdoc cref="Streaming.StreamTime{TProcessor}"/>
internal sealed record EventTime(DateTimeOffset? Watermark, long Late, long Clamped);
