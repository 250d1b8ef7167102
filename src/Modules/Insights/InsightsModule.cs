using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Insights.Clock;
using Monolith.Insights.Feed;
using Monolith.Insights.Products;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Folding;
using Wolverine;

namespace Monolith.Insights;

public static class InsightsModule
{
    public static IServiceCollection AddInsights(this IServiceCollection services) => services
        .AddExamples(InsightsExamples.All)
        .AddSingleton<PublicEvents>()
        .AddSingleton<FeedReader>()
        .AddWolverineExtension<EveryMinute>()
        .ConfigureMarten(ConfigureMarten);

    private sealed class EveryMinute(IConfiguration configuration) : IWolverineExtension
    {
        /// <summary>Whether the leader says in the log that time has passed, when a window waits for it and nothing else happens.</summary>
        private const string Setting = "Insights:AdvanceTime";

        public void Configure(WolverineOptions options)
        {
            if (configuration.GetValue(Setting, defaultValue: true))
            {
                options.Schedules.ScheduleRecurring<AdvanceTime>("* * * * *");
            }
        }
    }

    private static void ConfigureMarten(StoreOptions options)
    {
        options.MapEvents(LogClock.Events);
        foreach (var processor in Processors.All)
        {
            processor.Register(options);
        }

        options.Schema.For<ProductAsOf>().DatabaseSchemaName("insights");
        options.Schema.For<FeedEpoch>().DatabaseSchemaName("insights");
    }
}
