using Npgsql;

namespace Monolith.Operations.Running;

/// <summary>
/// The right to work on a target, held by one process in the cluster. It is a lock of a database connection, so it ends with the
/// process that holds it, however that ends.
/// </summary>
internal sealed class Turn : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private Task work = Task.CompletedTask;

    private Turn(NpgsqlConnection connection) => this.connection = connection;

    /// <returns>Null while another process has the turn.</returns>
    public static async Task<Turn?> Take(NpgsqlDataSource database, string target, CancellationToken cancellation)
    {
        var candidate = await database.OpenConnectionAsync(cancellation);
        var taken = false;
        try
        {
            await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended('operations/' || $1, 0))", candidate);
            command.Parameters.AddWithValue(target);
            taken = (bool)(await command.ExecuteScalarAsync(cancellation))!;
            return taken ? new Turn(candidate) : null;
        }
        finally
        {
            if (!taken)
            {
                await candidate.DisposeAsync();
            }
        }
    }

    /// <summary>Whether the connection still holds the lock.</summary>
    public async Task<bool> IsHeld(CancellationToken cancellation)
    {
        try
        {
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellation);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Keeps the turn until the work has ended, even if its owner stops waiting for it.</summary>
    public void KeepFor(Task runningWork) => work = runningWork;

    public ValueTask DisposeAsync()
    {
        if (work.IsCompleted)
        {
            return Release();
        }

        _ = work.ContinueWith(_ => Release().AsTask(), TaskScheduler.Default);
        return ValueTask.CompletedTask;
    }

    private async ValueTask Release()
    {
        await using (connection)
        {
            try
            {
                await using var command = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
                await command.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException)
            {
                // The connection is broken, and its locks are gone with it.
            }
        }
    }
}
