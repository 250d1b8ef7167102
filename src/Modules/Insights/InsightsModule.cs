using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Insights;
using Monolith.Insights.Alerts;
using Monolith.Insights.Clock;
using Monolith.Insights.Feed;
using Monolith.Insights.Products;
using Monolith.Insights.Topics;
using Monolith.Kernel.Describing;
using Monolith.Kernel.Folding;
using Monolith.Kernel.Publishing;
using Wolverine;
using Wolverine.Runtime.Agents;

namespace Monolith.Insights;

public static class InsightsModule
{
    private const string Schema = "insights";

    private static readonly TimeSpan ReceiversPatience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddInsights(this IServiceCollection services)
    {
        services.AddOptions<AlertOptions>()
            .BindConfiguration(AlertOptions.Section)
            .Validate(options => options.AreGood, "Insights:Alerts:WebhookUrl must be of http or https and needs Insights:Alerts:WebhookSecret, whsec_ and base64.")
            .ValidateOnStart();
        services.AddHttpClient(SendAlertHandler.HttpClient, client => client.Timeout = ReceiversPatience)
            // A redirected post arrives as a GET without a body, and looks as if it had been taken.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        return services
            .AddPublicForm<AlertRaised>(e => e.AlertId, e => e.RaisedAt, e => e)
            .AddPublicForm<AlertCleared>(e => e.AlertId, e => e.ClearedAt, e => e)
            .AddExamples(InsightsExamples.All)
            .AddSingleton<PublicEvents>()
            .AddSingleton<FeedReader>()
            .AddSingleton<AlertDispatch>()
            .AddSingleton<IAgentFamily, AlertAgent>()
            .AddSingleton<IAgentFamily, TopicAgent>()
            .AddWolverineExtension<EveryMinute>()
            .ConfigureMarten(ConfigureMarten);
    }

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
        options.MapEvents(Alert.Events);
        foreach (var processor in Processors.All)
        {
            processor.Register(options);
        }

        options.Projections.Add(new AlertProjection(), ProjectionLifecycle.Inline);
        options.Schema.For<ProductAsOf>().DatabaseSchemaName(Schema);
        options.Schema.For<Alert>().DatabaseSchemaName(Schema).Duplicate(a => a.RaisedAt).Index(a => new { a.State, a.RaisedAt });
        options.Schema.For<AlertCursor>().DatabaseSchemaName(Schema).UseOptimisticConcurrency(true);
        options.Schema.For<FeedEpoch>().DatabaseSchemaName(Schema);
        options.Schema.For<TopicPosition>().DatabaseSchemaName(Schema).UseOptimisticConcurrency(true);
    }
}
