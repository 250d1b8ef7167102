namespace Monolith.LocalPostgres;

/// <summary>A lock between processes (flock on Unix, a share mode on Windows); the system frees it when its holder dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    public static async Task<FileStream> ExclusiveAsync(string path, TimeSpan patience, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; ; waited += Interval)
        {
            if (TryExclusive(path) is { } taken)
                return taken;
            if (waited > patience)
                throw new LocalPostgresException($"Another process has held '{path}' for {patience.TotalSeconds:0} s. Find it and end it.");
            await Task.Delay(Interval, cancellation);
        }
    }

    public static FileStream? TryExclusive(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(path))
        {
            return null;
        }
    }

    public static FileStream Shared(string path)
    {
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite)) { }
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }
}
