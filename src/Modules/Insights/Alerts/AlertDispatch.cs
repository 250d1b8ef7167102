using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Insights;
using Monolith.Insights.Viewing;
using Monolith.Kernel.Reading;
using Wolverine.Marten;

namespace Monolith.Insights.Alerts;

/// <summary>Brings what processors would tell into the ledger, and tells what is new there.</summary>
internal sealed class AlertDispatch(ISessionFactory sessions, IServiceScopeFactory scopes)
{
    private const int AtATime = 200;

    /// <summary>The ledger, the place up to which was looked, and the messages change in one transaction.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> Run(IInsight insight, CancellationToken cancellation)
    {
        await using var session = sessions.OpenSession();
        var before = await session.LoadAsync<AlertCursor>(insight.Name, cancellation);
        var cursor = await Now(before, insight, session, cancellation);
        var candidates = await insight.Candidates(session, cursor.Place, AtATime, cancellation);
        if (candidates.Count == 0 && cursor == before)
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

        session.Store(candidates is [.., var last] ? cursor.After(last.Place) : cursor);
        await session.SaveChangesAsync(cancellation);
        return candidates.Count == AtATime;
    }

    private static async Task<AlertCursor> Now(AlertCursor? before, IInsight insight, IQuerySession session, CancellationToken cancellation)
    {
        var generation = await ProjectionGeneration.Load(session, insight.Name, cancellation);
        return before?.In(generation) ?? AlertCursor.New(insight.Name, await Freshness.Mark(session, cancellation), generation);
    }

    private static async Task<IReadOnlyList<SendAlert>> Record(
        IDocumentSession session, IReadOnlyList<Candidate> candidates, AlertCursor cursor, CancellationToken cancellation)
    {
        var known = (await session.LoadManyAsync<Alert>(cancellation, candidates.Select(c => Alert.StreamOf(c.Alert)).Distinct()))
            .ToDictionary(alert => alert.PublicId);
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

    private static bool IsNews(object e) => e is AlertRaised { IsRetroactive: false } or AlertCleared { IsRetroactive: false };
}
