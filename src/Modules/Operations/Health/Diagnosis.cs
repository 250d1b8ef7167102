using Monolith.Operations.Projections;

namespace Monolith.Operations.Health;

/// <summary>What the signals mean. Each signal is judged by itself, so that none can hide behind another.</summary>
internal static class Diagnosis
{
    private static readonly HealthProblemName[] StandingStill =
    [
        HealthProblemName.HighWaterStalled, HealthProblemName.ProjectionStopped, HealthProblemName.ProjectionFailed, HealthProblemName.ProjectionFrozen,
    ];

    /// <summary>How much later than the mark's own row a node's pulse can tell the same, so that the node is named where it is one.</summary>
    private const double PulseDelaySeconds = 3;

    public static HealthStatus StatusOf(IReadOnlyList<HealthProblem> problems, IReadOnlyList<ProjectionView> projections) => problems switch
    {
        _ when problems.Any(p => StandingStill.Contains(p.Name)) => HealthStatus.Unhealthy,
        { Count: > 0 } => HealthStatus.Degraded,
        _ when projections.Any(p => p.Status is ProjectionStatus.Rebuilding or ProjectionStatus.Paused) => HealthStatus.Degraded,
        _ => HealthStatus.Healthy,
    };

    public static IReadOnlyList<HealthProblem> Problems(IReadOnlyList<ProjectionView> projections, Signals signals, HealthOptions options) =>
    [
        .. HighWater(projections, signals, options),
        .. projections.SelectMany(projection => OfProjection(projection, signals, options)),
        .. signals.IdleTransactions.Where(t => t.Seconds > options.IdleTransaction.TotalSeconds).Select(t => new HealthProblem(
            HealthProblemName.IdleTransaction, $"pid {t.Pid}", t.Seconds, $"{t.Application} keeps a transaction open ({t.State}); it can hold the mark back.")),
        .. signals.SkippedSequences.Where(s => s.Seconds <= options.SkipsShownFor.TotalSeconds).Select(s => new HealthProblem(
            HealthProblemName.SkippedSequences, $"{s.After + 1} to {s.UpTo}", s.Seconds,
            $"The mark passed them; {s.Missing} have no event. A transaction that was rolled back leaves such a gap.")),
        .. Waiting(HealthProblemName.OutboxStuck, "outbox", signals.OutboxAgeSeconds, options.OutboxStuck, "sent"),
        .. Waiting(HealthProblemName.InboxStuck, "inbox", signals.InboxAgeSeconds, options.InboxStuck, "handled"),
        .. SetAside("messages", signals.MessageDeadLetters),
        .. SetAside("projections", signals.ProjectionDeadLetters),
    ];

    private static List<HealthProblem> HighWater(IReadOnlyList<ProjectionView> projections, Signals signals, HealthOptions options)
    {
        var found = signals.Polls
            .Where(poll => projections.Any(p => p.Node == poll.Node) && poll.Seconds > options.HighWaterStalled.TotalSeconds)
            .Select(poll => new HealthProblem(
                HealthProblemName.HighWaterStalled, $"node {poll.Node}", poll.Seconds, "It runs projections and does not look for new events.")).ToList();
        if (found.Count == 0 && projections.Any(p => p.Node is not null) && signals.MarkAgeSeconds > options.HighWaterStalled.TotalSeconds + PulseDelaySeconds)
        {
            found.Add(new HealthProblem(
                HealthProblemName.HighWaterStalled, "mark", signals.MarkAgeSeconds, "No node has confirmed the mark, although they look for new events."));
        }

        if (signals.MarkLagSeconds > options.HighWaterBehind.TotalSeconds)
        {
            found.Add(new HealthProblem(
                HealthProblemName.HighWaterBehind, "mark", signals.MarkLagSeconds,
                $"It is at {signals.Mark} and does not reach the event after it; an open transaction may hold it back."));
        }

        return found;
    }

    private static IEnumerable<HealthProblem> OfProjection(ProjectionView projection, Signals signals, HealthOptions options)
    {
        var rest = signals.RestSeconds.GetValueOrDefault(projection.Name);
        return (projection.Kind, projection.Status) switch
        {
            (ProjectionKind.Inline, _) or (_, ProjectionStatus.Rebuilding or ProjectionStatus.Paused) => [],
            (_, ProjectionStatus.Failed) => [new(HealthProblemName.ProjectionFailed, projection.Name, projection.LagSeconds, projection.LastError ?? "It failed.")],
            (_, ProjectionStatus.Stopped) => [new(HealthProblemName.ProjectionStopped, projection.Name, projection.LagSeconds, "No node runs it.")],
            _ when rest > options.ProjectionFrozen.TotalSeconds =>
                [new(HealthProblemName.ProjectionFrozen, projection.Name, rest, $"Node {projection.Node} claims to run it, but it stays at {projection.Position}.")],
            _ when projection.LagSeconds > options.ProjectionBehind.TotalSeconds =>
                [new(HealthProblemName.ProjectionBehind, projection.Name, projection.LagSeconds, $"It is {projection.LagEvents} events behind the log.")],
            _ => (IEnumerable<HealthProblem>)[],
        };
    }

    private static IEnumerable<HealthProblem> Waiting(HealthProblemName name, string subject, double seconds, TimeSpan limit, string until) =>
        seconds > limit.TotalSeconds ? [new HealthProblem(name, subject, seconds, $"The oldest message in it waits to be {until}.")] : [];

    private static IEnumerable<HealthProblem> SetAside(string subject, long count) =>
        count > 0 ? [new HealthProblem(HealthProblemName.DeadLetters, subject, Seconds: null, $"{count} set aside, see /admin/dead-letters.")] : [];
}
