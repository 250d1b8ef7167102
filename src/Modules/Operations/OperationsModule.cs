using JasperFx.Events.Projections;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Folding;
using Monolith.Operations.Auditing;
using Monolith.Operations.Clustering;
using Monolith.Operations.CommandLine;
using Monolith.Operations.Correcting;
using Monolith.Operations.DeadLetters;
using Monolith.Operations.Exploring;
using Monolith.Operations.Health;
using Monolith.Operations.Projections;
using Monolith.Operations.Rebuilding;
using Monolith.Operations.Rebuilding.SideBySide;
using Monolith.Operations.RollingBack;
using Monolith.Operations.Running;
using Wolverine;
using Wolverine.Runtime.Agents;

namespace Monolith.Operations;

public static class OperationsModule
{
    private const string Schema = "operations";

    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddHealth()
        .AddExamples(OperationsExamples.All)
        .AddSingleton<Shards>()
        .AddSingleton(provider => RebuildSettings.Of(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<RebuildRunner>()
        .AddSingleton<FeeReviewRunner>()
        .AddSingleton<OperationRunner>()
        .AddSingleton<OperationJournal>()
        .AddSingleton<IAgentFamily, OperationAgent>()
        .AddSingleton<AuditLog>()
        .AddSingleton<LogTail>()
        .AddSingleton<Cluster>()
        .AddHostedService<OvertakenShards>()
        .AddMask<UnknownData>(_ => UnknownData.Hidden)
        .AddWolverineExtension<EveryHour>()
        .AddSingleton<DeadLetterBoxes>()
        .AddSingleton<IDeadLetterBox, MessageDeadLetters>()
        .AddSingleton<IDeadLetterBox, ProjectionDeadLetters>()
        .ConfigureMarten(ConfigureMarten);

    /// <summary>Behind sign-in, before access control.</summary>
    public static IApplicationBuilder UseOperations(this IApplicationBuilder app) => app.UseMiddleware<AuditMiddleware>();

    /// <summary>The commands of the command line that begin with <c>projections</c>, instead of starting the application.</summary>
    /// <returns>Null when these arguments are something else; then the exit code.</returns>
    public static async Task<int?> RunOperationsCommand(IReadOnlyList<string> arguments, IServiceProvider services, TextWriter? output = null) =>
        arguments.Count > 0 && arguments[0] == ProjectionCommands.Verb
            ? await ProjectionCommands.Run([.. arguments.Skip(1)], services, output ?? Console.Out, CancellationToken.None)
            : null;

    private sealed class EveryHour : IWolverineExtension
    {
        public void Configure(WolverineOptions options) => options.Schedules.ScheduleRecurring<ForgetPreviousGenerations>("23 * * * *");
    }

    private static void ConfigureMarten(StoreOptions options)
    {
        OperationEvents.Map(options);
        options.MapEvents(Audit.Events);
        options.Projections.Add(new OperationProjection(), ProjectionLifecycle.Inline);

        options.Schema.For<Operation>().DatabaseSchemaName(Schema).Duplicate(o => o.RequestedAt);
        options.Schema.For<OperationClaim>().DatabaseSchemaName(Schema);
        options.Schema.For<OperationProgress>().DatabaseSchemaName(Schema);
        options.Schema.For<ProjectionPause>().DatabaseSchemaName(Schema);
        options.Schema.For<PreviousGeneration>().DatabaseSchemaName(Schema);
        options.Schema.For<NodePulse>().DatabaseSchemaName(Schema);
    }
}
