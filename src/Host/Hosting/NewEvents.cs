using Marten;
using Marten.Events.Daemon.HighWater;
using Marten.Services;
using Npgsql;

namespace Monolith.Host.Hosting;

/// <summary>
/// Tells the daemons of all nodes that events were committed: at once after a pause, and while many come, once for all of a <see cref="Pause"/>. Were it said
/// in each commit, as the store would do it, the commits of a server would wait for one another, and every projection would look after each.
/// What could not be said is found a second later by who looks anyway.
/// </summary>
internal sealed class NewEvents(NpgsqlDataSource database, TimeProvider time, ILogger<NewEvents> log) : DocumentSessionListenerBase
{
    private const int Silent = 0;
    private const int Told = 1;
    private const int Untold = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private int state = Silent;

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        if (commit.GetEvents().Any() && Interlocked.Exchange(ref state, Untold) == Silent)
        {
            _ = TellUntilSilent();
        }

        return Task.CompletedTask;
    }

    private async Task TellUntilSilent()
    {
        do
        {
            Volatile.Write(ref state, Told);
            await Tell();
            await Task.Delay(Pause, time);
        }
        while (Interlocked.CompareExchange(ref state, Silent, comparand: Told) == Untold);
    }

    private async Task Tell()
    {
        try
        {
            await using var command = database.CreateCommand($"notify {PostgresqlListenWakeup.DefaultChannel}");
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException)
        {
            log.LogDebug("It could not be said that there are new events: {Reason}", exception.Message);
        }
    }
}
