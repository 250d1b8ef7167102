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
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>While there are many commits: each time that they are told of costs every projection a transaction, which commands wait for on a busy machine.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>There are many commits if they come faster than this, one after the other. Those that one order sets off are not yet many.</summary>
    private static readonly TimeSpan Many = TimeSpan.FromMilliseconds(12);

    /// <summary>What was not told before the present pause; 0 when nobody tells.</summary>
    private int commits;

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        if (commit.GetEvents().Any() && Interlocked.Increment(ref commits) == 1)
        {
            // It tells of the commits of others too, and belongs to no request.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(TellUntilSilent, CancellationToken.None);
            }
        }

        return Task.CompletedTask;
    }

    /// <param name="last">The pause in which these commits came.</param>
    public static TimeSpan PauseAfter(int commits, TimeSpan last) => commits * Many > last ? LongestPause : ShortestPause;

    private async Task TellUntilSilent()
    {
        var (untold, pause) = (Volatile.Read(ref commits), ShortestPause);
        while (untold > 0)
        {
            await Tell();
            await Task.Delay(pause, time);
            untold = Interlocked.Add(ref commits, -untold);
            pause = PauseAfter(untold, pause);
        }
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
