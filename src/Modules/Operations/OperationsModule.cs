using JasperFx.Events.Projections;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Access;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Folding;
using Monolith.Operations.Auditing;
using Monolith.Operations.Clustering;
using Monolith.Operations.Correcting;
using Monolith.Operations.Exploring;
using Monolith.Operations.Rebuilding;
using Monolith.Operations.Running;

namespace Monolith.Operations;

public static class OperationsModule
{
    private const string Schema = "operations";

    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddExamples(OperationsExamples.All)
        .AddSingleton<Shards>()
        .AddSingleton<RebuildRunner>()
        .AddSingleton<FeeReviewRunner>()
        .AddSingleton<OperationRunner>()
        .AddHostedService<ResumeOperations>()
        .AddSingleton<AuditLog>()
        .AddSingleton<Cluster>()
        .AddMask<UnknownData>(_ => UnknownData.Hidden)
        .ConfigureMarten(ConfigureMarten);

    /// <summary>Behind sign-in, before access control.</summary>
    public static IApplicationBuilder UseOperations(this IApplicationBuilder app) => app.UseMiddleware<AuditMiddleware>();

    private static void ConfigureMarten(StoreOptions options)
    {
        OperationEvents.Map(options);
        options.MapEvents(Audit.Events);
        options.Projections.Add(new OperationProjection(), ProjectionLifecycle.Inline);

        options.Schema.For<Operation>().DatabaseSchemaName(Schema).Duplicate(o => o.RequestedAt);
        options.Schema.For<OperationClaim>().DatabaseSchemaName(Schema);
        options.Schema.For<OperationProgress>().DatabaseSchemaName(Schema);
    }
}
