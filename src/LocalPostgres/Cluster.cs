using System.Security.Cryptography;
using System.Text;

namespace Monolith.LocalPostgres;

/// <summary>Makes the data directory.</summary>
internal static class Cluster
{
    private const string SettingsFile = "local.conf";

    /// <summary>
    /// Initializes beside the final name and renames, so that an interrupted run leaves nothing that looks like data.
    /// </summary>
    public static async Task EnsureAsync(ServerFolder folder, Binaries binaries, LocalPostgresOptions options, CancellationToken cancellation)
    {
        if (folder.Major is not null)
            return;
        if (Directory.Exists(folder.Data) && Directory.EnumerateFileSystemEntries(folder.Data).Any())
            throw new LocalPostgresException(
                $"'{folder.Data}' is not empty, but holds no PostgreSQL data (no PG_VERSION). Remove it or choose another folder.");

        options.Progress?.Invoke($"Creating a database cluster with PostgreSQL {binaries.Major} in {folder.Data}");
        var draft = folder.Data + ".new";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);
        await folder.Account.OwnAsync(draft, cancellation);
        await WritePasswordAsync(folder, cancellation);

        var made = await folder.Account.RunAsync(binaries.InitDb, [
            "--pgdata", Path.GetFileName(draft), "--username", LocalPostgresServer.User, "--pwfile", Path.GetFileName(folder.PasswordFile),
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", .. options.Durable ? (string[])[] : ["--no-sync"],
        ], folder.Place, cancellation);
        if (!made.Succeeded)
            throw new LocalPostgresException($"initdb in '{draft}' failed: {made.Output}");

        await File.AppendAllTextAsync(Path.Combine(draft, "postgresql.conf"), $"\ninclude '{SettingsFile}'\n", cancellation);
        if (Directory.Exists(folder.Data))
            Directory.Delete(folder.Data);
        Directory.Move(draft, folder.Data);
    }

    private static async Task WritePasswordAsync(ServerFolder folder, CancellationToken cancellation)
    {
        File.Delete(folder.PasswordFile);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(folder.PasswordFile, create))
            await writer.WriteAsync(RandomNumberGenerator.GetHexString(32, lowercase: true).AsMemory(), cancellation);
        await folder.Account.OwnAsync(folder.PasswordFile, cancellation);
    }

    /// <summary>Written before every start; the user's own changes belong into postgresql.conf or ALTER SYSTEM.</summary>
    public static async Task WriteSettingsAsync(ServerFolder folder, int port, bool durable, CancellationToken cancellation)
    {
        var file = Path.Combine(folder.Data, SettingsFile);
        await File.WriteAllLinesAsync(file, [
            "# Rewritten at every start.",
            "listen_addresses = '127.0.0.1'",
            $"port = {port}",
            $"unix_socket_directories = '{SocketSetting(folder, port)}'",
            "unix_socket_permissions = 0700",
            "max_connections = 200",
            "password_encryption = 'scram-sha-256'",
            .. durable ? (string[])[] : ["fsync = off", "synchronous_commit = off", "full_page_writes = off"],
        ], cancellation);
        await folder.Account.OwnAsync(file, cancellation);
    }

    /// <summary>
    /// The common temporary directory can be closed to the server or hold a stale lock: the socket lives in the
    /// server's own folder, or nowhere if that name does not fit into a socket address (104 bytes on macOS).
    /// </summary>
    private static string SocketSetting(ServerFolder folder, int port) =>
        OperatingSystem.IsWindows()
        || Encoding.UTF8.GetByteCount($"{folder.Socket}/.s.PGSQL.{port}") > 103
        || folder.Socket.Contains(',', StringComparison.Ordinal) // separates several folders
            ? ""
            : folder.Socket.Replace("'", "''", StringComparison.Ordinal);
}
