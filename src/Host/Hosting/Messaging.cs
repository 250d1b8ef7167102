using System.Reflection;
using JasperFx.CodeGeneration;
using Monolith.Host.Hosting.Topics;
using Monolith.Kernel.Commands;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Persistence;

namespace Monolith.Host.Hosting;

/// <summary>Commands, messages and timeouts: durable, each handler with a queue, a transaction and retries of its own.</summary>
internal static class Messaging
{
    /// <summary>What is published or tested brings the adapters of its handlers along, see the project file; elsewhere a start compiles them.</summary>
    private const TypeLoadMode Adapters =
#if PREPARED
        TypeLoadMode.Static;
#else
        TypeLoadMode.Dynamic;
#endif

    /// <summary>What does not pass in this time does not pass by itself: it is set aside for a person.</summary>
    private static readonly TimeSpan[] LaterAndLater =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    public static void AddMessaging(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<DeadNodes>();
        builder.AddEventTopics();
        builder.Host.UseWolverine(options => Configure(options, [.. Modules.AssembliesOf(builder.Configuration)]));
    }

    private static void Configure(WolverineOptions options, IReadOnlyList<Assembly> modules)
    {
        options.ApplicationAssembly = typeof(Messaging).Assembly;
        // Those that were written are of all modules.
        options.CodeGeneration.TypeLoadMode = modules.Count == Modules.Assemblies.Count ? Adapters : TypeLoadMode.Dynamic;
        options.ServiceName = "monolith";
        foreach (var assembly in modules.Append(typeof(ForgetOldReplies).Assembly))
        {
            options.Discovery.IncludeAssembly(assembly);
        }

        options.Schedules.ScheduleRecurring<ForgetOldReplies>("17 * * * *");

        options.MultipleHandlerBehavior = MultipleHandlerBehavior.Separated;
        options.Durability.MessageIdentity = MessageIdentity.IdAndDestination;
        options.Durability.MessageStorageSchemaName = Storage.MessageSchema;
        // A node looks after its health and its share of the work every second; one that was killed is given up after ten.
        options.Durability.HealthCheckPollingTime = TimeSpan.FromSeconds(1);
        options.Durability.FirstHealthCheckExecution = TimeSpan.FromSeconds(1);
        options.Durability.StaleNodeTimeout = TimeSpan.FromSeconds(10);
        // Work that has not begun on its node after twice this is given out again: longer than a busy node takes to begin.
        options.Durability.CheckAssignmentPeriod = TimeSpan.FromSeconds(5);
        // A message whose commit was not answered is in the database, and no node knows that it is the one to handle it.
        options.Durability.InboxStaleTime = TimeSpan.FromMinutes(1);
        // Its counts on /metrics are of all messages, those that are scheduled too: one for each order that waits for its payment.
        options.Durability.UpdateMetricsPeriod = TimeSpan.FromMinutes(1);
        // A projection that lost its database is tried again soon, however often that happens.
        options.Durability.TransientFailureRestartMaxBackoff = TimeSpan.FromSeconds(15);
        options.AutoBuildMessageStorageOnStartup = JasperFx.AutoCreate.None;
        options.EnableRelayOfUserName = true;
        options.MetadataRules.Add(new Causation());
        options.Policies.AutoApplyTransactions();
        options.Policies.UseDurableLocalQueues();
        // A message of ours names what exists; one that does not is set aside for a person, not dropped.
        options.EntityDefaults.OnMissing = OnMissing.ThrowException;
        options.Policies.OnException(LostRace.Is, "lost a race")
            .RetryWithCooldown(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)).WithFullJitter()
            .Then.ScheduleRetry(LaterAndLater);
        options.Policies.OnException<ArrivedEarlyException>().ScheduleRetry(LaterAndLater);
        options.Policies.OnException(Problems.IsUnavailability, "the database is away")
            .ScheduleRetryIndefinitely(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15));
    }
}
