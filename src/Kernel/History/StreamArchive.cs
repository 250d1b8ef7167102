using Npgsql;

namespace Monolith.Kernel.History;

/// <summary>
/// Moves streams that have ended into the archive: another partition, which the daemon and the commands do not read. They stay readable in
/// history, time travel and replay. It works with a role of its own, which can do this and nothing else.
/// </summary>
public sealed class StreamArchive(string? connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource? database = string.IsNullOrEmpty(connectionString) ? null : NpgsqlDataSource.Create(connectionString);

    /// <summary>Whether a connection for it is configured.</summary>
    public bool IsConfigured => database is not null;

    /// <summary>Each stream in a transaction of its own.</summary>
    public Task Archive(IEnumerable<string> streams, CancellationToken cancellation) =>
        Each("select events.archive_stream($1)", streams, cancellation);

    /// <summary>Brings streams back, so that something can be appended.</summary>
    public Task Restore(IEnumerable<string> streams, CancellationToken cancellation) =>
        Each("select events.restore_stream($1)", streams, cancellation);

    public ValueTask DisposeAsync() => database?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task Each(string sql, IEnumerable<string> streams, CancellationToken cancellation)
    {
        await using var connection = await (database ?? throw new InvalidOperationException("No archiver is configured.")).OpenConnectionAsync(cancellation);
        foreach (var stream in streams)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddWithValue(stream);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
