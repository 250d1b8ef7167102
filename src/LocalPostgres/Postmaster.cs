using System.ComponentModel;
using System.Diagnostics;

namespace Monolith.LocalPostgres;

/// <summary>
/// What <c>postmaster.pid</c> in a data directory says about its server; the port is not known at once while it starts.
/// </summary>
internal sealed record Postmaster(int Pid, int? Port, bool IsStopping)
{
    /// <summary>
    /// The server of this data directory; null if there is none. Then a file left behind is removed, because Postgres
    /// would refuse to start if its process id belongs to another process now, or to a dead one that nobody reaped.
    /// (Backends that outlived their server still prevent a second one: they hold its shared memory.)
    /// </summary>
    public static Postmaster? Find(string data)
    {
        var file = PidFile(data);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        // Line 1: process id, 2: data directory, 4: port, 8: state.
        if (int.TryParse(lines.ElementAtOrDefault(0), out var pid) && IsServerOf(data, pid, lines.ElementAtOrDefault(1) ?? ""))
            return new Postmaster(
                pid,
                int.TryParse(lines.ElementAtOrDefault(3), out var port) ? port : null,
                lines.ElementAtOrDefault(7)?.Trim() is "stopping");

        File.Delete(file);
        return null;
    }

    public static string PidFile(string data) => Path.Combine(data, "postmaster.pid");

    public static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName is "postgres" or "postmaster" && !process.HasExited && !IsZombie(pid);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    private static bool IsServerOf(string data, int pid, string said) =>
        pid > 0 && said.Length > 0 && RealPath.Same(said, data) && IsAlive(pid) && WorkingDirectory(pid) is var cwd
        && (cwd is null || RealPath.Same(cwd, data));

    /// <summary>A server works in its data directory; null where the system does not tell.</summary>
    private static string? WorkingDirectory(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return new FileInfo($"/proc/{pid}/cwd").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsZombie(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].TrimStart() is ['Z' or 'X', ..];
        }
        catch (IOException)
        {
            return true;
        }
    }
}
