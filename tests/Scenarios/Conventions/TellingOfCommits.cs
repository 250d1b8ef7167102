using System.Diagnostics;
using Marten;
using Marten.Events.Daemon.HighWater;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Host.Hosting;
using Npgsql;

namespace Monolith.Scenarios.Conventions;

/// <summary>The daemons hear of every commit of events, but not of each on its own.</summary>
public sealed class TellingOfCommits(App app, TestServer server) : IClassFixture<App>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Fact]
    public async Task What_follows_at_once_is_told_too()
    {
        await app.HasProduct("TOLD-1", pieces: 0);
        await app.HasNothingToDo();
        await using var listener = await Listen();
        for (var receipt = 0; receipt < 3; receipt++)
        {
            await app.Receives("TOLD-1", quantity: 1);
            (await listener.WaitAsync(Patience)).ShouldBeTrue($"after receipt {receipt}");
        }
    }

    [Fact]
    public async Task While_many_come_they_are_told_together()
    {
        const int receipts = 100;
        await app.HasProduct("TOLD-2", pieces: 0);
        await using var listener = await Listen();
        var told = 0;
        listener.Notification += (_, _) => told++;

        var start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, receipts, async (_, _) => await app.Receives("TOLD-2", quantity: 1));
        await using var nothing = new NpgsqlCommand("select 1", listener);
        await nothing.ExecuteNonQueryAsync();
        var took = Stopwatch.GetElapsedTime(start);

        // One before, and one more in the time in which the last one was on its way.
        told.ShouldBeInRange(1, (int)(took / NewEvents.ShortestPause) + 2);
        (await app.StockOf("TOLD-2")).OnHand.ShouldBe(receipts);
    }

    [Fact]
    public async Task A_daemon_that_never_looks_by_itself_follows()
    {
        await using var deaf = new App(server)
        {
            Services = services => services.ConfigureMarten(options =>
            {
                var daemon = options.Projections;
                (daemon.FastPollingTime, daemon.SlowPollingTime, daemon.HighWaterStalenessThreshold) = (Never, Never, Never);
            }),
        };
        await deaf.InitializeAsync();
        await deaf.HasProduct("TOLD-3", pieces: 0);

        await App.Eventually(async () =>
        {
            await deaf.Receives("TOLD-3", quantity: 1);
            await deaf.Send("GET", $"/v1/orders?minSequence={await deaf.Head()}");
        });
    }

    /// <summary>While there is something to hear it says nothing, and would be taken for one that stands still.</summary>
    [Fact]
    public async Task Who_listens_may_be_silent()
    {
        (await IdleTimeout(app.Host.Services.GetRequiredKeyedService<NpgsqlDataSource>(Storage.Listener))).ShouldBe("0");
        (await IdleTimeout(app.Host.Services.GetRequiredService<NpgsqlDataSource>())).ShouldBe("10s");
    }

    private static async Task<string?> IdleTimeout(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("show idle_session_timeout");
        return (string?)await command.ExecuteScalarAsync();
    }

    private async Task<NpgsqlConnection> Listen()
    {
        var listener = new NpgsqlConnection(app.Data.App);
        await listener.OpenAsync();
        await using var command = new NpgsqlCommand($"listen {PostgresqlListenWakeup.DefaultChannel}", listener);
        await command.ExecuteNonQueryAsync();
        return listener;
    }
}
