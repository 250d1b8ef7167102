using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

    /// <summary>Until every part of the host is up.</summary>
    public static async Task Started(this IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }
}
