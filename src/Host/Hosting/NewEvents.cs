using Marten;
using Marten.Events.Daemon.HighWater;
using Marten.Services;
using Npgsql;

namespace Monolith.Host.Hosting;

/// <summary>
/// Tells the daemons of all nodes that events were committed: of the first after a quiet time at once, of others together after a pause. Were it told in each
/// commit, as the store would do it, the commits of a server would wait for one another, and every projection would look after each.
/// What could not be told, a daemon finds within a second by itself.
/// </summary>
internal sealed class NewEvents(NpgsqlDataSource database, TimeProvider time, ILogger<NewEvents> log) : DocumentSessionListenerBase
{
    private const int Silent = 0;
    private const int Told = 1;
    private const int Untold = 2;

    /// <summary>
    /// Short, so that what follows a command is seen soon. It doubles as long as events keep coming: each time that they are told of costs every projection
    /// a transaction, which commands wait for when the machine is busy.
    /// </summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private int state = Silent;

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        if (commit.GetEvents().Any() && Interlocked.Exchange(ref state, Untold) == Silent)
        {
            // It tells of the commits of others too, and belongs to no request.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(TellUntilSilent, CancellationToken.None);
            }
        }

        return Task.CompletedTask;
    }

    private async Task TellUntilSilent()
    {
        var pause = ShortestPause;
        do
        {
            Interlocked.Exchange(ref state, Told);
            await Tell();
            await Task.Delay(pause, time);
            pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
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
        catch (Exception exception)
        {
            log.LogDebug("The daemons cannot be told of new events: {Reason}", exception.Message);
        }
    }
}
