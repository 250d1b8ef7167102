using JasperFx.Events.Daemon;
using Marten;
using Marten.Events.Projections;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace Monolith.Scenarios.Conventions;

public sealed class StoppingTheHost(TestServer server)
{
    [Fact]
    public async Task No_connection_stays_behind()
    {
        var app = new App(server);
        await app.InitializeAsync();
        await app.HasProduct("SH-1");
        await using var database = NpgsqlDataSource.Create(app.Data.Superuser);
        (await Connections(database)).ShouldBeGreaterThan(0);

        await app.DisposeAsync();

        // The server notices a moment later that a client has gone.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await Connections(database) > 0)
        {
            patience.IsCancellationRequested.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task It_ends_although_the_log_is_still_watched_and_nobody_works_on_it()
    {
        var app = new App(server);
        await app.InitializeAsync();
        // As after an outage that ended a moment ago.
        foreach (var daemon in await app.Host.Services.GetRequiredService<IProjectionCoordinator>().AllDaemonsAsync())
        {
            await daemon.StopAllAsync();
            await ((JasperFxAsyncDaemon<IDocumentOperations, IQuerySession, IProjection>)daemon).StartHighWaterDetectionAsync();
        }

        await app.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    private static async Task<long> Connections(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and usename = 'monolith_app'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
