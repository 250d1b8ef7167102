using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Describing;
using Monolith.Operations.Correcting;
using Monolith.Operations.DeadLetters;
using Monolith.Operations.Health;
using Monolith.Operations.Rebuilding;
using Monolith.Operations.Running;

namespace Monolith.Operations;

public static class OperationsModule
{
    private const string Schema = "operations";

    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddHealth()
        .AddExamples(OperationsExamples.All)
        .AddSingleton<Shards>()
        .AddSingleton<RebuildRunner>()
        .AddSingleton<FeeReviewRunner>()
        .AddSingleton<OperationRunner>()
        .AddSingleton<DeadLetterBoxes>()
        .AddSingleton<IDeadLetterBox, MessageDeadLetters>()
        .AddHostedService<ResumeOperations>()
        .ConfigureMarten(ConfigureMarten);

    private static void ConfigureMarten(StoreOptions options)
    {
        OperationEvents.Map(options);
        options.Projections.Add(new OperationProjection(), ProjectionLifecycle.Inline);

        options.Schema.For<Operation>().DatabaseSchemaName(Schema).Duplicate(o => o.RequestedAt);
        options.Schema.For<OperationClaim>().DatabaseSchemaName(Schema);
        options.Schema.For<OperationProgress>().DatabaseSchemaName(Schema);
        options.Schema.For<NodePulse>().DatabaseSchemaName(Schema);
    }
}
