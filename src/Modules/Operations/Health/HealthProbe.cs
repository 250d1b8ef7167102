using Marten;
using Microsoft.Extensions.Options;
using Monolith.Operations.Projections;
using Npgsql;

namespace Monolith.Operations.Health;

/// <summary>Takes the signals and says what they mean. All comes from the database, so any node can say it of all.</summary>
public sealed class HealthProbe(IDocumentStore store, NpgsqlDataSource database, Shards shards, IOptionsMonitor<HealthOptions> settings, TimeProvider time)
{
    public async Task<ProjectionHealth> Read(CancellationToken cancellation)
    {
        var options = settings.CurrentValue;
        var registered = RegisteredProjection.All(store);
        await using var session = store.QuerySession();
        var projections = await ProjectionViews.Load(registered, session, database, shards, time.GetUtcNow(), cancellation);
        var signals = await SignalReader.Read(store, database, registered, options, time.GetUtcNow(), cancellation);
        var problems = Diagnosis.Problems(projections, signals, options);
        return new ProjectionHealth(
            Diagnosis.StatusOf(problems, projections),
            signals.Mark,
            projections.Max(p => p.Head),
            projections.Max(p => p.LagSeconds),
            signals.Polls.Where(poll => projections.Any(p => p.Node == poll.Node)).Select(poll => poll.Seconds).Append(signals.MarkAgeSeconds).Max(),
            signals.MarkLagSeconds,
            signals.MessageDeadLetters + signals.ProjectionDeadLetters,
            new DeadLetterCount(signals.MessageDeadLetters, signals.ProjectionDeadLetters),
            signals.IdleTransactions,
            signals.SkippedSequences,
            signals.OutboxAgeSeconds,
            signals.InboxAgeSeconds,
            problems,
            projections);
    }
}
