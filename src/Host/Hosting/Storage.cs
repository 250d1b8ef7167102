using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using Marten.Events.Daemon.HighWater;
using Monolith.Host.Hosting.Site;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Folding;
using Monolith.Kernel.History;
using Monolith.Kernel.Reading;
using Npgsql;
using Weasel.Core;
using Wolverine.Marten;

namespace Monolith.Host.Hosting;

/// <summary>The one event and document store. What cannot change once the first event is stored is decided here.</summary>
internal static class Storage
{
    public const string EventSchema = "events";
    public const string MessageSchema = "wolverine";

    /// <summary>The key of the connection on which the daemon hears of new events.</summary>
    public const string Listener = "listener";

    /// <summary>What not even those may read who report, see <c>db/grants.sql</c>.</summary>
    private const string SecretsSchema = "secrets";

    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        // What the store itself does not take for a fault that passes, and is none of an event: the projection begins again where it is now.
        TransientFailures.AddClassifier(Interruption);

        var services = builder.Services;
        var connection = builder.Configuration.GetConnectionString(Database.Name)!;
        services.AddHttpContextAccessor();
        services.AddSingleton(TimeProvider.System);
        // Generated code takes the last of a type, whatever its key.
        services.AddKeyedSingleton(Listener, (_, _) => ListeningSource(connection));
        services.AddSingleton(_ => DataSource(connection));
        services.AddSingleton(_ => new StreamArchive(builder.Configuration.GetConnectionString(Database.ArchiverName)));
        // Before the store, so that it stops after the store's daemon.
        services.AddHostedService<ListeningEnd>();
        services.AddMarten(ConfigureStore)
            .UseNpgsqlDataSource()
            .BuildSessionsWith<TracedSessions>()
            .IntegrateWithWolverine(wolverine => wolverine.UseWolverineManagedEventSubscriptionDistribution = true);
        services.AddSingleton<SafeMark>();
        services.AddSingleton<NewEvents>();
        services.AddSingleton(provider => new StoreTemplate(() => Template(provider)));
        services.ConfigureMarten((provider, options) =>
        {
            options.Events.TimeProvider = provider.GetRequiredService<TimeProvider>();
            options.Listeners.Add(new CommitSequence(provider.GetRequiredService<IHttpContextAccessor>()));
            options.Listeners.Add(provider.GetRequiredService<NewEvents>());
            options.Projections.Wakeup = new PostgresqlListenWakeup(
                provider.GetRequiredKeyedService<NpgsqlDataSource>(Listener), provider.GetRequiredService<ILogger<PostgresqlListenWakeup>>());
        });
    }

    /// <summary>Who waits for the database is answered within seconds when it is away, when a lock is not given back, and when the line to it is dead.</summary>
    public static NpgsqlDataSource DataSource(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Timeout = 3, KeepAlive = 5, ApplicationName = "monolith", IncludeErrorDetail = false };
        if (!settings.ShouldSerialize("Command Timeout"))
        {
            settings.CommandTimeout = 10;
        }

        // Encryption by GSS would be tried first, and a server that does not answer would be waited for twice.
        if (settings.GssEncryptionMode == GssEncryptionMode.Prefer && Environment.GetEnvironmentVariable("PGGSSENCMODE") is null)
        {
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        }

        // What is asked again and again is planned once.
        if (settings.MaxAutoPrepare == 0)
        {
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (100, 2);
        }

        // A process that stands still says nothing, not even that it lives, and would hold its locks, that of the leader among them, for ever.
        const string limits = "-c lock_timeout=4s -c idle_session_timeout=10s -c idle_in_transaction_session_timeout=10s";
        // What is configured comes last, and counts.
        settings.Options = $"{limits} {settings.Options}".Trim();
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    /// <summary>Who is told something every few seconds keeps the line alive by that, and says nothing itself: to the server it looks as if it stood still.</summary>
    private static NpgsqlDataSource ListeningSource(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Options = $"{settings.Options} -c idle_session_timeout=0".Trim();
        return DataSource(settings.ConnectionString);
    }

    /// <summary>A database that goes away can end a page with a cancellation, and not all that the driver says of a line that broke is known to pass.</summary>
    private static bool? Interruption(Exception exception) => exception is OperationCanceledException || Problems.IsUnavailability(exception) ? true : null;

    /// <summary>The same store once more, without whatever would tell others what it does.</summary>
    private static StoreOptions Template(IServiceProvider provider)
    {
        var options = new StoreOptions();
        ConfigureStore(options);
        options.Connection(provider.GetRequiredService<NpgsqlDataSource>());
        var nobody = options.Events.MessageOutbox;
        foreach (var module in provider.GetServices<IConfigureMarten>())
        {
            module.Configure(provider, options);
        }

        options.Events.MessageOutbox = nobody;
        options.Listeners.Clear();
        options.Projections.Wakeup = null;
        return options;
    }

    private static void ConfigureStore(StoreOptions options)
    {
        options.DatabaseSchemaName = "kernel";
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.DisableNpgsqlLogging = true;
        options.Logger(new SilentMartenLogger());
        options.RetryBriefFailures();

        var events = options.Events;
        events.DatabaseSchemaName = EventSchema;
        events.StreamIdentity = StreamIdentity.AsString;
        events.MetadataConfig.EnableAll();
        events.MetadataConfig.UserNameEnabled = true;
        events.UseArchivedStreamPartitioning = true;
        events.UseMandatoryStreamTypeDeclaration = true;
        events.EnableExtendedProgressionTracking = true;
        events.AutoDiscoverTagTypes = false;
        events.EnableEventTypeIndex = true;
        // Made by db/log.sql.
        events.IgnoreIndex("ix_mt_events_correlation");
        events.IgnoreIndex("ix_mt_events_actor");
        events.IgnoreIndex("ix_mt_events_time");
        events.IgnoreIndex("ix_mt_events_outcome");
        // The loser of a race for a stream is found before it has drawn sequence numbers: a gap would hold all projections back.
        events.UseExclusiveLockOnConcurrentAppends = true;

        // A gap is waited for as long as a transaction lives that may fill it: the feed promises that nothing comes below the mark any more.
        options.Projections.UseTransactionEvidenceForGapSkipping = true;

        // Whether a projection runs is written when that changes, at best: the write can be lost with the database, or come after that of the next node.
        options.Projections.ExtendedProgressionHeartbeatInterval = TimeSpan.FromSeconds(5);

        // One policy live and in a rebuild: the store skips nothing. A projection that sets events aside does that itself, and says so.
        var errors = options.Projections.Errors;
        errors.SkipApplyErrors = false;
        errors.SkipSerializationErrors = false;
        errors.SkipUnknownEvents = false;
        var rebuildErrors = options.Projections.RebuildErrors;
        rebuildErrors.SkipApplyErrors = false;
        rebuildErrors.SkipSerializationErrors = false;
        rebuildErrors.SkipUnknownEvents = false;

        options.Schema.For<IdempotentReply>().Index(reply => reply.CreatedAt);
        options.Schema.For<ProjectionGeneration>();
        options.Schema.For<ProtectionKey>().DatabaseSchemaName(SecretsSchema);
        options.Schema.For<SetAsideEvent>().Index(letter => letter.Projection).Metadata(m => m.LastModified.MapTo(letter => letter.SetAsideAt));
    }
}
