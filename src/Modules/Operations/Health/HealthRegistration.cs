using Microsoft.Extensions.DependencyInjection;

namespace Monolith.Operations.Health;

internal static class HealthRegistration
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddOptions<HealthOptions>()
            .BindConfiguration(HealthOptions.Section)
            .Validate(options => options.IsValid, "Every setting under Health must be longer than nothing.")
            .ValidateOnStart();
        return services
            .AddSingleton<HealthProbe>()
            .AddHostedService<Pulse>()
            .AddHostedService<HealthMetrics>();
    }
}
