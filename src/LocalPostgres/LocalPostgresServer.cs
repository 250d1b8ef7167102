namespace Monolith.LocalPostgres;

/// <summary>
/// A private PostgreSQL server for Development and tests, on 127.0.0.1 with a random password. It is stopped when its
/// last user is disposed; after a kill -9 of the application it runs on, and the next start adopts it.
/// </summary>
public sealed class LocalPostgresServer : IAsyncDisposable
{
    internal const string User = "postgres";

    private readonly LocalPostgresOptions _options;
    private readonly ServerFolder _folder;
    private readonly Binaries _binaries;
    private FileStream? _use;

    private LocalPostgresServer(LocalPostgresOptions options, ServerFolder folder, Binaries binaries, RunningServer running, FileStream use)
    {
        (_options, _folder, _binaries, _use) = (options, folder, binaries, use);
        (Port, Version, Adopted) = (running.Port, running.Version, running.Adopted);
        Password = Login.ReadPassword(folder);
    }

    /// <summary>For the superuser and the database <c>postgres</c>.</summary>
    public string ConnectionString => Login.ConnectionString(Port, Password);

    public int Port { get; }

    /// <summary>The superuser's; kept in a file that only its owner reads.</summary>
    public string Password { get; }

    /// <summary>True if the server ran already: another process uses it, or one that was killed left it behind.</summary>
    public bool Adopted { get; }

    /// <summary>The server's version, such as 17.6.</summary>
    public string Version { get; }

    /// <summary>Adopts the running server of the folder, or starts one; makes the data directory if there is none.</summary>
    /// <exception cref="LocalPostgresException">It cannot be had; the message says what to do.</exception>
    public static async Task<LocalPostgresServer> StartAsync(LocalPostgresOptions options, CancellationToken cancellation = default)
    {
        try
        {
            ServerFolder.CreateOpen(Path.GetFullPath(options.Directory));
            var home = RealPath.Of(options.Directory);
            await using var gate = await GateAsync(home, options, cancellation);
            var folder = await ServerFolder.OpenAsync(home, options.OutsideDirectory, cancellation);
            var binaries = await Binaries.FindAsync(folder, options, cancellation);
            await Cluster.EnsureAsync(folder, binaries, options, cancellation);
            var running = await Launch.AdoptAsync(folder, cancellation)
                ?? await Launch.StartAsync(folder, binaries, options.Durable, cancellation);
            return new LocalPostgresServer(options, folder, binaries, running, FileLock.Shared(folder.UsersFile));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw LocalPostgresException.NotAccessible(options.Directory, e);
        }
    }

    /// <summary>
    /// Stops the server and waits until it is down, unless another process uses it: every user holds a shared lock, and
    /// who can turn it into an exclusive one is the last. The locks of killed processes are freed by the system.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        // Somebody deleted the folder: a server without its files ends by itself.
        if (Interlocked.Exchange(ref _use, null) is not { } use || !Directory.Exists(_folder.Home))
            return;
        if (await StopIfLastAsync(use) && _options.DeleteOnStop)
            _folder.Delete();
    }

    private async Task<bool> StopIfLastAsync(FileStream use)
    {
        await using var gate = await GateAsync(_folder.Home, _options, CancellationToken.None);
        await use.DisposeAsync();
        await using var alone = FileLock.TryExclusive(_folder.UsersFile);
        if (alone is not null)
            await Launch.StopAsync(_folder, _binaries);
        return alone is not null;
    }

    /// <summary>One process at a time starts or stops.</summary>
    private static Task<FileStream> GateAsync(string home, LocalPostgresOptions options, CancellationToken cancellation) =>
        FileLock.ExclusiveAsync(Path.Combine(home, "gate.lock"), options.Progress, cancellation);
}
