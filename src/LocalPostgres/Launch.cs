namespace Monolith.LocalPostgres;

/// <summary>Gets the server of a folder running, or down. The caller holds the folder's lock.</summary>
internal static class Launch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>The server that runs already, after it finished starting; null when there is none, or none any more.</summary>
    public static async Task<RunningServer?> AdoptAsync(ServerFolder folder, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Interval)
        {
            if (Postmaster.Find(folder.Data) is not { } postmaster)
                return null;
            if (postmaster is { IsStopping: false, Port: { } port } && await Login.TryAsync(folder, port, cancellation) is { } version)
                return new RunningServer(port, version, Adopted: true);
            await Task.Delay(Interval, cancellation);
        }

        throw new LocalPostgresException(
            $"The server that runs on '{folder.Data}' (process {Postmaster.Find(folder.Data)?.Pid}) neither answers nor ends. "
            + $"Look into '{folder.LogFile}', then end that process.");
    }

    public static async Task<RunningServer> StartAsync(ServerFolder folder, Binaries binaries, bool durable, CancellationToken cancellation)
    {
        foreach (var port in Ports.FreeFor(folder.Home))
        {
            cancellation.ThrowIfCancellationRequested();
            await PrepareSocketAsync(folder, cancellation);
            await Cluster.WriteSettingsAsync(folder, port, durable, cancellation);
            if (await TryStartAsync(folder, binaries))
                return await LogInAsync(folder, binaries, port);

            // Somebody else can take the port between the look and the start.
            if (!ServerLog.Tail(folder).Contains("could not create any TCP/IP sockets", StringComparison.Ordinal))
                throw Failed(folder, "did not start");
        }

        throw new LocalPostgresException($"All ports from {Ports.PreferredBy(folder.Home)} on are taken. End some of the servers there.");
    }

    public static async Task StopAsync(ServerFolder folder, Binaries binaries)
    {
        if (Postmaster.Find(folder.Data) is not { } postmaster)
            return;
        foreach (var mode in (string[])["fast", "immediate"])
        {
            var stopped = await folder.Account.RunAsync(
                binaries.PgCtl, ["stop", "-D", "data", "-m", mode, "-w", "-t", $"{Patience.TotalSeconds:0}"], folder.Place, CancellationToken.None);
            // The file goes first, the process a moment later.
            for (var waited = TimeSpan.Zero; stopped.Succeeded && waited < Patience; waited += Interval)
            {
                if (!Postmaster.IsAlive(postmaster.Pid))
                    return;
                await Task.Delay(Interval, CancellationToken.None);
            }
        }

        if (Postmaster.Find(folder.Data) is not null)
            throw Failed(folder, $"(process {postmaster.Pid}) did not stop");
    }

    /// <summary>
    /// pg_ctl, because it puts the server into a session of its own: Ctrl+C in the terminal reaches only the application.
    /// Relative names, because pg_ctl starts the server through a shell. Not cancelled halfway: nobody would know of the server.
    /// </summary>
    private static async Task<bool> TryStartAsync(ServerFolder folder, Binaries binaries)
    {
        for (var waited = TimeSpan.Zero; ; waited += Interval)
        {
            ServerLog.Rotate(folder);
            var started = await folder.Account.RunAsync(
                binaries.PgCtl, ["start", "-D", "data", "-l", "log/server.log", "-w", "-t", $"{Patience.TotalSeconds:0}"],
                folder.Place, CancellationToken.None);
            // After a kill -9 of the server, its backends need a moment to notice.
            if (started.Succeeded || waited > Patience / 20
                || !ServerLog.Tail(folder).Contains("pre-existing shared memory block", StringComparison.Ordinal))
                return started.Succeeded;
            await Task.Delay(Interval, CancellationToken.None);
        }
    }

    private static async Task<RunningServer> LogInAsync(ServerFolder folder, Binaries binaries, int port)
    {
        try
        {
            var version = await Login.TryAsync(folder, port, CancellationToken.None);
            return new RunningServer(port, version ?? throw Failed(folder, "does not answer"), Adopted: false);
        }
        catch (LocalPostgresException)
        {
            await StopAsync(folder, binaries);
            throw;
        }
    }

    /// <summary>No server runs, so what is in there is left behind and could keep the next one from starting.</summary>
    private static async Task PrepareSocketAsync(ServerFolder folder, CancellationToken cancellation)
    {
        if (Directory.Exists(folder.Socket))
            Directory.Delete(folder.Socket, recursive: true);
        Directory.CreateDirectory(folder.Socket);
        await folder.Account.OwnAsync(folder.Socket, cancellation);
    }

    private static LocalPostgresException Failed(ServerFolder folder, string what) => new(
        $"The PostgreSQL server in '{folder.Data}' {what}. The end of '{folder.LogFile}':\n{ServerLog.Tail(folder)}");
}

internal sealed record RunningServer(int Port, string Version, bool Adopted);
