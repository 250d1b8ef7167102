using Npgsql;

namespace Monolith.LocalPostgres;

/// <summary>The final proof that a server is the one that belongs to a data directory.</summary>
internal static class Login
{
    public static string ConnectionString(int port, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Database = "postgres",
        Username = LocalPostgresServer.User,
        Password = password,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    public static string ReadPassword(ServerFolder folder) => File.Exists(folder.PasswordFile)
        ? File.ReadAllText(folder.PasswordFile).Trim()
        : throw new LocalPostgresException(
            $"The password of '{folder.Data}' should be in '{folder.PasswordFile}', which is missing. "
            + $"Put it back; or, if the data may go, delete '{folder.Data}'.");

    /// <returns>The server's version; null if nobody answers (yet) or another server does.</returns>
    public static async Task<string?> TryAsync(ServerFolder folder, int port, CancellationToken cancellation)
    {
        var connectionString = ConnectionString(port, ReadPassword(folder)) + ";Pooling=false;Timeout=5;Command Timeout=5";
        await using var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("select current_setting('data_directory')", connection);
            return await command.ExecuteScalarAsync(cancellation) is string data && RealPath.Same(data, folder.Data)
                ? connection.PostgreSqlVersion.ToString()
                : null;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword)
        {
            throw new LocalPostgresException(
                $"The server of '{folder.Data}' does not accept the password in '{folder.PasswordFile}'. Set it back with ALTER ROLE "
                + $"{LocalPostgresServer.User} PASSWORD; or stop the server and, if the data may go, delete '{folder.Data}'.", e);
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
