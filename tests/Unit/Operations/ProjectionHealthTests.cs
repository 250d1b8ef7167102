using Monolith.Kernel.Folding;
using Monolith.Operations.Health;
using Monolith.Operations.Projections;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Operations;

public sealed class ProjectionHealthTests
{
    private static readonly Signals Quiet = new(OpenDeadLetters: 0, IdleTransactions: []);

    [Theory]
    [InlineData(ProjectionStatus.Running, "healthy")]
    [InlineData(ProjectionStatus.Rebuilding, "degraded")]
    [InlineData(ProjectionStatus.Failed, "unhealthy")]
    [InlineData(ProjectionStatus.Stopped, "unhealthy")]
    public void One_projection_decides(ProjectionStatus status, string expected) =>
        GetProjectionHealthEndpoint.StatusOf([View(ProjectionStatus.Running), View(status)], Quiet).ShouldBe(expected);

    [Fact]
    public void Dead_letters_and_idle_transactions_degrade()
    {
        GetProjectionHealthEndpoint.StatusOf([View(ProjectionStatus.Running)], Quiet with { OpenDeadLetters = 1 }).ShouldBe("degraded");
        GetProjectionHealthEndpoint.StatusOf([View(ProjectionStatus.Running)], Quiet with { IdleTransactions = [30] }).ShouldBe("degraded");
        GetProjectionHealthEndpoint.StatusOf([View(ProjectionStatus.Stopped)], Quiet with { OpenDeadLetters = 1 }).ShouldBe("unhealthy");
    }

    private static ProjectionView View(ProjectionStatus status) =>
        new("P", ProjectionKind.Async, "ordering", 1, status, 1, 1, 0, 0, 1, LastError: null, PoisonPolicy.Stop, EventsSetAside: 0);
}
