using Npgsql;

namespace Monolith.Kernel.History;

/// <summary>
/// Moves streams that have ended into the archive: another partition, whose size costs commands and the daemon nothing. They stay readable in
/// history, time travel and replay. It works with a role of its own, which can do this and nothing else.
/// </summary>
public sealed class StreamArchive(string? connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource? database = string.IsNullOrEmpty(connectionString) ? null : NpgsqlDataSource.Create(connectionString);

    /// <summary>Whether a connection for it is configured.</summary>
    public bool IsConfigured => database is not null;

    /// <summary>Each stream in a transaction of its own, and only at this version: what has moved since is left alone.</summary>
    public Task Archive(IEnumerable<(string Stream, long Version)> streams, CancellationToken cancellation) =>
        Each("select events.archive_stream($1, $2)", streams.Select(s => (object[])[s.Stream, s.Version]), cancellation);

    /// <summary>Brings a stream back, so that something can be appended.</summary>
    public Task Restore(string stream, CancellationToken cancellation) => Each("select events.restore_stream($1)", [[stream]], cancellation);

    public ValueTask DisposeAsync() => database?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task Each(string sql, IEnumerable<object[]> calls, CancellationToken cancellation)
    {
        await using var connection = await (database ?? throw new InvalidOperationException("No archiver is configured.")).OpenConnectionAsync(cancellation);
        foreach (var arguments in calls)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var argument in arguments)
            {
                command.Parameters.AddWithValue(argument);
            }

            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
