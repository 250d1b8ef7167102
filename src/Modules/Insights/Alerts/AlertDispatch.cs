using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Insights;
using Monolith.Insights.Viewing;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Reading;
using Wolverine.Marten;

namespace Monolith.Insights.Alerts;

/// <summary>Brings what processors would tell into the ledger, and tells what is new there.</summary>
internal sealed class AlertDispatch(ISessionFactory sessions, IServiceScopeFactory scopes, TimeProvider time)
{
    private const int AtATime = 200;

    /// <summary>The ledger, the place up to which was looked, and the messages change in one transaction.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> Run(IInsight insight, CancellationToken cancellation)
    {
        await using var session = sessions.OpenSession();
        var before = await session.LoadAsync<AlertCursor>(insight.Name, cancellation);
        var generation = await ProjectionGeneration.Load(session, insight.Name, cancellation);
        // Before the candidates: those of events up to there are complete then.
        var position = await Freshness.Position(session, insight.Name, cancellation);
        var cursor = before?.In(generation) ?? AlertCursor.New(insight.Name, await Freshness.Mark(session, cancellation), generation);
        var candidates = await insight.Candidates(session, cursor.Place, AtATime, cancellation);
        var isAll = candidates.Count < AtATime;
        var after = cursor.After(candidates, isAll ? position : null);
        if (after == before)
        {
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<IMartenOutbox>();
        outbox.Enroll(session);
        foreach (var message in await Record(session, candidates, cursor, cancellation))
        {
            await outbox.PublishAsync(message);
        }

        if (after.IsComplete && !cursor.IsComplete)
        {
            await Withdraw(session, insight, cancellation);
        }

        session.Store(after);
        await session.SaveChangesAsync(cancellation);
        return !isAll;
    }

    private static async Task<IReadOnlyList<SendAlert>> Record(
        IDocumentSession session, IReadOnlyList<Candidate> candidates, AlertCursor cursor, CancellationToken cancellation)
    {
        string[] streams = [.. candidates.Select(c => Alert.StreamOf(c.Alert)).Distinct()];
        if (streams.Length == 0)
        {
            return [];
        }

        // Somebody may be acknowledging one of them.
        await session.Lock(streams, cancellation);
        var known = (await session.LoadManyAsync<Alert>(cancellation, streams)).ToDictionary(alert => alert.PublicId);
        var recorded = AlertLedger.Decide(candidates, known, cursor);
        foreach (var (alert, events) in recorded)
        {
            if (known.ContainsKey(alert))
            {
                session.Events.Append(Alert.StreamOf(alert), events);
            }
            else
            {
                session.Events.StartStream<Alert>(Alert.StreamOf(alert), events);
            }
        }

        return [.. recorded.SelectMany(alert => alert.Events.Where(IsNews).Select(e => new SendAlert(alert.Alert, IsRaised: e is AlertRaised)))];
    }

    /// <summary>Once a generation has been read to its end, the open alerts that it did not raise are over.</summary>
    private async Task Withdraw(IDocumentSession session, IInsight insight, CancellationToken cancellation)
    {
        var open = await session.Query<Alert>().Where(a => a.Processor == insight.Name && a.State != AlertState.Cleared).ToListAsync(cancellation);
        var raised = await insight.Raised(session, [.. open.Select(a => a.PublicId)], cancellation);
        var orphans = open.Where(a => !raised.Contains(a.PublicId)).ToList();
        if (orphans.Count > 0)
        {
            await session.Lock([.. orphans.Select(a => a.Id)], cancellation);
            foreach (var alert in orphans)
            {
                session.Events.Append(alert.Id, AlertLedger.Withdraw(alert, time.BusinessNow()));
            }
        }
    }

    private static bool IsNews(object e) => e is AlertRaised { IsRetroactive: false } or AlertCleared { IsRetroactive: false };
}
