using Monolith.Kernel.Folding;
using Monolith.Operations.Health;
using Monolith.Operations.Projections;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Operations;

public sealed class ProjectionHealthTests
{
    private const double TooLong = 30;

    private static readonly HealthOptions Options = new();

    private static readonly Signals Quiet = new(
        Mark: 1, MarkAgeSeconds: 1, MarkLagSeconds: 0, [new NodePoll(1, 1)], new Dictionary<string, double>(), [], [], OutboxAgeSeconds: 0, InboxAgeSeconds: 0,
        MessageDeadLetters: 0, ProjectionDeadLetters: 0);

    private static readonly ProjectionView Running =
        new("P", ProjectionKind.Async, "ordering", 1, ProjectionStatus.Running, 1, 1, 0, 0, Node: 1, LastError: null, PoisonPolicy.Stop, EventsSetAside: 0);

    [Fact]
    public void Where_nothing_is_wrong_there_is_no_problem()
    {
        var (status, problems) = Judge(Quiet);
        status.ShouldBe(HealthStatus.Healthy);
        problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ProjectionStatus.Running, HealthStatus.Healthy, null)]
    [InlineData(ProjectionStatus.Rebuilding, HealthStatus.Degraded, null)]
    [InlineData(ProjectionStatus.Failed, HealthStatus.Unhealthy, HealthProblemName.ProjectionFailed)]
    [InlineData(ProjectionStatus.Stopped, HealthStatus.Unhealthy, HealthProblemName.ProjectionStopped)]
    public void One_projection_decides(ProjectionStatus status, HealthStatus expected, HealthProblemName? problem)
    {
        var (became, problems) = Judge(Quiet, Running with { Name = "Q" }, Running with { Status = status });

        became.ShouldBe(expected);
        problems.Select(p => (HealthProblemName?)p.Name).ShouldBe(problem is null ? [] : [problem]);
        problems.ShouldAllBe(p => p.Subject == "P");
    }

    /// <summary>With the settings out of the box each fault shows within 30 s, and the pulse of a node may be a second old.</summary>
    [Fact]
    public void Each_fault_shows_in_time_under_its_own_name()
    {
        const double soon = TooLong - 1;
        Expect(Quiet with { Polls = [new NodePoll(1, soon)] }, HealthProblemName.HighWaterStalled, "node 1", HealthStatus.Unhealthy);
        Expect(Quiet with { MarkAgeSeconds = soon }, HealthProblemName.HighWaterStalled, "mark", HealthStatus.Unhealthy);
        Expect(Quiet with { MarkLagSeconds = soon }, HealthProblemName.HighWaterBehind, "mark", HealthStatus.Degraded);
        Expect(Quiet with { RestSeconds = new Dictionary<string, double> { ["P"] = soon } }, HealthProblemName.ProjectionFrozen, "P", HealthStatus.Unhealthy);
        Expect(Quiet with { IdleTransactions = [new IdleTransaction(7, "psql", soon, "idle in transaction")] }, HealthProblemName.IdleTransaction, "pid 7", HealthStatus.Degraded);
        Expect(Quiet with { OutboxAgeSeconds = soon }, HealthProblemName.OutboxStuck, "outbox", HealthStatus.Degraded);
        Expect(Quiet with { InboxAgeSeconds = soon }, HealthProblemName.InboxStuck, "inbox", HealthStatus.Degraded);
        Expect(Quiet with { SkippedSequences = [new SkippedRange(3, 5, 1, 2)] }, HealthProblemName.SkippedSequences, "4 to 5", HealthStatus.Degraded);
        Expect(Quiet with { MessageDeadLetters = 1 }, HealthProblemName.DeadLetters, "messages", HealthStatus.Degraded);
        Expect(Quiet with { ProjectionDeadLetters = 1 }, HealthProblemName.DeadLetters, "projections", HealthStatus.Degraded);
        Judge(Quiet, Running with { LagSeconds = soon }).Problems.Single().Name.ShouldBe(HealthProblemName.ProjectionBehind);
    }

    [Fact]
    public void Faults_do_not_hide_each_other()
    {
        var dead = Quiet with { Polls = [new NodePoll(1, TooLong)], MarkLagSeconds = TooLong, MessageDeadLetters = 2 };

        var (status, problems) = Judge(dead, Running with { LagSeconds = TooLong });

        status.ShouldBe(HealthStatus.Unhealthy);
        problems.Select(p => p.Name).ShouldBe([
            HealthProblemName.HighWaterStalled, HealthProblemName.HighWaterBehind, HealthProblemName.ProjectionBehind, HealthProblemName.DeadLetters]);
    }

    [Fact]
    public void What_is_short_is_no_problem() => Judge(
        Quiet with
        {
            Polls = [new NodePoll(1, 2)],
            MarkAgeSeconds = 2,
            MarkLagSeconds = 2,
            RestSeconds = new Dictionary<string, double> { ["P"] = 2 },
            IdleTransactions = [new IdleTransaction(7, "psql", 2, "idle in transaction")],
            OutboxAgeSeconds = 2,
            InboxAgeSeconds = 2,
            SkippedSequences = [new SkippedRange(3, 5, 1, TimeSpan.FromHours(1).TotalSeconds)],
        },
        Running with { LagSeconds = 2 }).Problems.ShouldBeEmpty();

    [Fact]
    public void A_node_without_projections_need_not_look_for_events()
    {
        Judge(Quiet with { Polls = [new NodePoll(1, 1), new NodePoll(2, TooLong)] }).Problems.ShouldBeEmpty();
        Judge(Quiet with { MarkAgeSeconds = TooLong }, Running with { Status = ProjectionStatus.Stopped, Node = null }).Problems.Single().Name
            .ShouldBe(HealthProblemName.ProjectionStopped);
    }

    [Fact]
    public void A_projection_that_is_rebuilt_or_inline_is_neither_frozen_nor_behind()
    {
        var resting = Quiet with { RestSeconds = new Dictionary<string, double> { ["P"] = TooLong } };
        Judge(resting, Running with { Status = ProjectionStatus.Rebuilding, LagSeconds = TooLong }).Problems.ShouldBeEmpty();
        Judge(resting, Running with { Kind = ProjectionKind.Inline }).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Settings_must_be_longer_than_nothing()
    {
        Options.IsValid.ShouldBeTrue();
        (Options with { InboxStuck = TimeSpan.Zero }).IsValid.ShouldBeFalse();
    }

    private static void Expect(Signals signals, HealthProblemName name, string subject, HealthStatus expected)
    {
        var (status, problems) = Judge(signals);
        problems.Select(p => (p.Name, p.Subject)).ShouldBe([(name, subject)]);
        status.ShouldBe(expected);
    }

    private static (HealthStatus Status, IReadOnlyList<HealthProblem> Problems) Judge(Signals signals, params ProjectionView[] projections)
    {
        projections = projections is [] ? [Running] : projections;
        var problems = Diagnosis.Problems(projections, signals, Options);
        return (Diagnosis.StatusOf(problems, projections), problems);
    }
}
