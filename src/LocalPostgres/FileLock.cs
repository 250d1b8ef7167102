namespace Monolith.LocalPostgres;

/// <summary>A lock between processes (flock on Unix, a share mode on Windows); the system frees it when its holder dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10); // a download can take as long
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    public static async Task<FileStream> ExclusiveAsync(string path, Action<string>? progress, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Interval)
        {
            if (TryExclusive(path) is { } taken)
                return taken;
            if (waited == TimeSpan.Zero)
                progress?.Invoke($"Waiting for another process that starts or stops the server ('{path}')");
            await Task.Delay(Interval, cancellation);
        }

        throw new LocalPostgresException($"Another process has held '{path}' for {Patience.TotalMinutes:0} minutes. Find it and end it.");
    }

    public static FileStream? TryExclusive(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsTaken(e))
        {
            return null;
        }
    }

    public static FileStream Shared(string path)
    {
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite)) { }
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    /// <summary>EWOULDBLOCK of Linux and macOS, ERROR_SHARING_VIOLATION of Windows.</summary>
    private static bool IsTaken(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
