using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Reading;

namespace Monolith.Operations;

public static class OperationsModule
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services.ConfigureMarten(ConfigureMarten);

    private static void ConfigureMarten(StoreOptions options) =>
        options.Schema.For<ProjectionGeneration>().DatabaseSchemaName("operations");
}
